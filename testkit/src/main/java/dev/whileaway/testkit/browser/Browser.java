package dev.whileaway.testkit.browser;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A headless Chromium that this process has started. It reaches nothing but this machine. Used by
/// one thread.
public final class Browser implements AutoCloseable {

  /// Names the program, where it is in no usual place.
  public static final String VARIABLE = "WHILEAWAY_BROWSER";

  private static final Logger LOG = LoggerFactory.getLogger(Browser.class);

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
  private static final List<Path> USUAL_PLACES =
      List.of(
          Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
          Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"));

  private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Duration POLITE = Duration.ofSeconds(2);
  private static final Duration STOP_MAX = Duration.ofSeconds(10);

  private final Process process;
  private final DevTools tools;
  private final Thread hook;

  private Browser(Process process, DevTools tools) {
    this.process = process;
    this.tools = tools;
    this.hook = new Thread(() -> stop(process, Duration.ZERO), "stop the browser");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// The Chromium or Chrome of this machine; empty: there is none.
  public static Optional<Path> find(Map<String, String> environment) {
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    List<Path> places = new ArrayList<>();
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      NAMES.forEach(name -> places.add(Path.of(folder, name)));
    }
    places.addAll(USUAL_PLACES);
    return places.stream().filter(Files::isExecutable).findFirst();
  }

  /// @param program see [#find]
  /// @param folder for what it keeps while it runs; nobody else's
  /// @throws IOException if it does not start
  public static Browser start(Path program, Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                // It does not start as root otherwise, nor in most containers; it shows our own
                // pages only, and reaches nobody.
                "--no-sandbox",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return new Browser(process, new DevTools(address(process)));
    } catch (IOException | RuntimeException e) {
      stop(process, Duration.ZERO);
      throw e;
    }
  }

  /// It says so on its error stream, which is read to its end: a full pipe would stop it.
  private static URI address(Process process) throws IOException {
    var address = new CompletableFuture<URI>();
    Thread.ofVirtual()
        .start(() -> {
          try (BufferedReader errors = process.errorReader()) {
            errors
                .lines()
                .map(LISTENING::matcher)
                .filter(Matcher::find)
                .forEach(found -> address.complete(URI.create(found.group(1))));
            address.completeExceptionally(new IOException("it ended"));
          } catch (IOException | RuntimeException e) {
            address.completeExceptionally(e);
          }
        });
    try {
      return address.get(START_MAX.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("expected a browser that starts headless, but found " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the browser started", e);
    }
  }

  /// Shows a page. It stays open until it is closed.
  ///
  /// @param html a whole page
  public BrowserPage show(String html, Screen screen) {
    var page = new BrowserPage(Tab.open(tools), screen);
    page.write(html);
    return page;
  }

  /// An empty tab that goes to addresses of this machine, with scripts off.
  public ReaderTab read() {
    return new ReaderTab(Tab.open(tools));
  }

  @Override
  public void close() {
    try {
      // Asked politely it tidies up after itself.
      tools.ask(null, "Browser.close", DevTools.object());
    } catch (BrowserException e) {
      LOG.debug("the browser did not close by itself", e);
    }
    tools.close();
    stop(process, POLITE);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process is ending, and the hook runs.
    }
  }

  /// Its children die with it; what it keeps is safe to delete afterwards.
  ///
  /// @param patience for it to end by itself
  private static void stop(Process process, Duration patience) {
    List<ProcessHandle> family = process.descendants().toList();
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroy();
      }
      if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      for (ProcessHandle each : family) {
        each.destroyForcibly();
        each.onExit().get(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new BrowserException("expected the browser to end", e);
    }
  }
}
