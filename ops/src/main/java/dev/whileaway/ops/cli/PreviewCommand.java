package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.process.WorkFolder;
import dev.whileaway.ops.preview.Preview;
import dev.whileaway.ops.preview.Preview.Channel;
import dev.whileaway.ops.preview.PreviewFolder;
import dev.whileaway.templates.DigestContent;
import dev.whileaway.templates.FolderWatch;
import dev.whileaway.templates.Samples;
import dev.whileaway.templates.TemplateException;
import dev.whileaway.templates.Templates;
import dev.whileaway.testkit.browser.Browser;
import dev.whileaway.testkit.browser.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./whileaway preview`.
@Command(
    name = "preview",
    description = {
      "Renders samples with the templates, without a server: the push as JSON, the mail as HTML and"
          + " plain text. Prints one sample, or writes files into DIR: all samples unless one is"
          + " named; there it also draws the push on a phone and, where the machine has Chromium"
          + " or Chrome, takes pictures (PNG)."
    },
    footer = {
      "  ./whileaway preview",
      "  ./whileaway preview --template mail --sample single-message --locale ru --out previews",
      "  ./whileaway preview --templates my-templates --data digest.json",
      "  ./whileaway preview --templates my-templates --sample grouped --out previews --watch"
    })
final class PreviewCommand extends ShellCommand implements Callable<Integer> {

  /// Between two looks at what is watched.
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private static final int WIDTH_MIN = 200;
  private static final int WIDTH_MAX = 2_000;

  enum Scheme {
    LIGHT,
    DARK
  }

  @Option(names = "--template", description = "${COMPLETION-CANDIDATES}; both unless given.")
  private @Nullable Channel template;

  @Option(names = "--sample", paramLabel = "NAME", description = "One sample, such as grouped.")
  private @Nullable String sample;

  @Option(
      names = "--locale",
      paramLabel = "TAG",
      defaultValue = "en",
      description = "The language; ${DEFAULT-VALUE} unless given.")
  private String locale = "";

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = {
        "A digest of your own in place of the samples: {\"recipient\":{\"name\":\"Mary\"},"
            + "\"groups\":[{\"type\":\"message\",\"items\":[{\"sender\":{\"name\":\"Tom\"},"
            + "\"data\":\"Hi\",\"at\":\"2026-01-31T18:00:00Z\"}]}]}"
      })
  private @Nullable Path data;

  @Option(names = "--out", paramLabel = "DIR", description = "Write files in place of printing.")
  private @Nullable Path out;

  @Option(
      names = "--width",
      paramLabel = "PIXELS",
      split = ",",
      defaultValue = "600",
      description =
          "How wide pictures of mails are, such as 320,600; ${DEFAULT-VALUE} unless given.")
  private List<Integer> widths = List.of();

  @Option(
      names = "--scheme",
      split = ",",
      defaultValue = "LIGHT",
      description = "Pictures of each of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless given.")
  private List<Scheme> schemes = List.of();

  @Option(
      names = "--watch",
      description = "Render again whenever the templates or the data change, until Ctrl-C.")
  private boolean watch;

  @Option(
      names = "--templates",
      paramLabel = "DIR",
      description = "Your templates in place of the standard ones.")
  private @Nullable Path folder;

  @Override
  public Integer call() throws CommandFailure {
    List<FolderWatch> watches =
        Stream.concat(Stream.ofNullable(folder), Stream.ofNullable(data))
            .map(FolderWatch::new)
            .toList();
    if (watch && watches.isEmpty()) {
      throw CommandFailure.badInput(
          "--watch: expected --templates or --data to watch, but found neither");
    }
    List<Screen> screens = screens();
    try (WorkFolder work = WorkFolder.make();
        Browser browser = browser(work)) {
      var pictures = Optional.ofNullable(browser);
      if (!watch) {
        render(screens, pictures);
        return DONE;
      }
      renderOrTell(screens, pictures);
      while (pause()) {
        if (watches.stream().filter(FolderWatch::hasChanged).count() > 0) {
          renderOrTell(screens, pictures);
        }
      }
      return DONE;
    } catch (IOException e) {
      throw CommandFailure.failed("cannot write: " + e.getMessage());
    }
  }

  private List<Screen> screens() throws CommandFailure {
    var screens = new ArrayList<Screen>();
    for (int width : widths) {
      if (width < WIDTH_MIN || width > WIDTH_MAX) {
        throw CommandFailure.badInput(
            "--width: expected %d to %d pixels, but found %d"
                .formatted(WIDTH_MIN, WIDTH_MAX, width));
      }
      schemes.forEach(scheme -> screens.add(new Screen(width, scheme == Scheme.DARK)));
    }
    return screens;
  }

  /// Not set: no pictures are asked for, or none can be taken, and that is said.
  private @Nullable Browser browser(WorkFolder work) {
    if (out == null) {
      return null;
    }
    Optional<Path> program = Browser.find(System.getenv());
    if (program.isEmpty()) {
      out()
          .printf(
              "no pictures: expected Chromium or Chrome on the PATH or in %s, but found none%n",
              Browser.VARIABLE);
      return null;
    }
    try {
      return Browser.start(program.get(), work.next("browser"));
    } catch (IOException e) {
      out().println("no pictures: " + e.getMessage());
      return null;
    }
  }

  /// False once it is to end.
  private static boolean pause() {
    try {
      Thread.sleep(LOOK_EVERY);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Whoever edits breaks things for a while: what is wrong is told, and the next edit waited for.
  private void renderOrTell(List<Screen> screens, Optional<Browser> browser) throws IOException {
    try {
      render(screens, browser);
      out().println("watching; Ctrl-C ends");
    } catch (CommandFailure e) {
      out().println(e.line());
    }
    out().flush();
  }

  private void render(List<Screen> screens, Optional<Browser> browser)
      throws CommandFailure, IOException {
    try {
      Templates templates =
          folder == null ? Templates.standard() : Templates.load(folder, Optional.empty());
      for (Map.Entry<String, DigestContent> digest : digests(templates).entrySet()) {
        var preview = Preview.of(digest.getKey(), templates.renderer(), digest.getValue());
        for (Channel channel : template == null ? Channel.values() : new Channel[] {template}) {
          if (out == null) {
            print(preview, channel);
          } else {
            new PreviewFolder(out, screens, browser)
                .write(preview, channel)
                .forEach(out()::println);
          }
        }
      }
    } catch (TemplateException e) {
      throw CommandFailure.badInput(e);
    }
  }

  private void print(Preview preview, Channel channel) {
    preview
        .texts(channel)
        .forEach((ending, text) -> out().printf("--- %s%s%n%s%n", preview.name(), ending, text));
  }

  private Map<String, DigestContent> digests(Templates templates) throws CommandFailure {
    if (data != null) {
      return Map.of("digest", DigestFile.read(data, templates.catalogue(), locale()));
    }
    Map<String, DigestContent> samples = Samples.of(templates.catalogue(), locale());
    if (sample == null && out != null) {
      return samples;
    }
    String name = sample == null ? samples.keySet().iterator().next() : sample;
    DigestContent digest = samples.get(name);
    if (digest == null) {
      throw CommandFailure.badInput(
          "--sample: expected one of %s, but found %s"
              .formatted(String.join(", ", samples.keySet()), name));
    }
    return Map.of(name, digest);
  }

  private Locale locale() throws CommandFailure {
    try {
      return new Locale.Builder().setLanguageTag(locale).build();
    } catch (IllformedLocaleException e) {
      throw CommandFailure.badInput(
          "--locale: expected a language tag such as en or ru, but found " + locale);
    }
  }
}
