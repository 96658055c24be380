package dev.whileaway.ops.demo;

import dev.whileaway.ops.Main;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A real `serve` in a process of its own, on free ports. It dies with this process, also on
/// Ctrl-C.
public final class ServeProcess implements AutoCloseable {

  private static final Duration STOP_MAX = Duration.ofSeconds(10);

  /// By which the launcher says what flags it would give to `serve`; else those of a small heap.
  private static final String FLAGS_PROPERTY = "whileaway.serve.flags";

  private static final String SMALL_HEAP = "-Xmx1g -XX:+UseSerialGC";

  /// How those begin that the launcher gives to whatever it starts.
  private static final List<String> FLAGS =
      List.of("--", "-Dfile.encoding=", "-XX:MetaspaceSize=", "-XX:AOTCache=", "-Xlog:");

  private static final Pattern READY = Pattern.compile("ready grpc=(\\S+) http=(\\S+)");

  private final Process process;
  private final Thread hook;
  private final String grpc;
  private final String http;

  private ServeProcess(Process process, Thread hook, String grpc, String http) {
    this.process = process;
    this.hook = hook;
    this.grpc = grpc;
    this.http = http;
  }

  /// Returns once it is ready.
  ///
  /// @param log takes its stderr
  /// @throws IOException if it ends before; the message says where its log is
  public static ServeProcess start(Path data, Path configuration, Path log) throws IOException {
    return start(command(data, configuration), log);
  }

  /// As above, with a command that may have been given more flags.
  public static ServeProcess start(ProcessBuilder command, Path log) throws IOException {
    Process process = command.redirectError(log.toFile()).start();
    Thread hook = new Thread(() -> stop(process), "stop serve");
    Runtime.getRuntime().addShutdownHook(hook);
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    Matcher ready = READY.matcher(line == null ? "" : line);
    if (!ready.matches()) {
      stop(process);
      throw ended(log);
    }
    return new ServeProcess(process, hook, ready.group(1), ready.group(2));
  }

  /// Starts it and kills it, ready or not.
  ///
  /// @param log takes its stderr
  /// @return whether it was ready
  /// @throws IOException if it ended by itself before; the message says where its log is
  public static boolean startAndKill(ProcessBuilder command, Path log, Duration life)
      throws IOException, InterruptedException {
    Process process = command.redirectError(log.toFile()).start();
    Thread hook = new Thread(process::destroyForcibly, "kill serve");
    Runtime.getRuntime().addShutdownHook(hook);
    boolean ended = process.waitFor(life.toMillis(), TimeUnit.MILLISECONDS);
    // Process.destroyForcibly would also close the stream that may say `ready`.
    process.toHandle().destroyForcibly();
    process.waitFor();
    Runtime.getRuntime().removeShutdownHook(hook);
    if (ended) {
      throw ended(log);
    }
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      return line != null && READY.matcher(line).matches();
    }
  }

  /// A `serve` on free ports, not started yet: the program as this JVM has it.
  public static ProcessBuilder command(Path data, Path configuration) {
    return sameProgram(
        serveFlags(),
        List.of("serve", "--data", data.toString()),
        List.of("--config", configuration.toString()),
        List.of("--grpc-port", "0", "--http-port", "0"));
  }

  /// The flags that the launcher gives to `serve` alone: heap, collector, compiler.
  public static List<String> serveFlags() {
    return List.of(System.getProperty(FLAGS_PROPERTY, SMALL_HEAP).split(" "));
  }

  /// This program once more, not started yet.
  ///
  /// @param heap the JVM's flags for heap and collector
  @SafeVarargs
  public static ProcessBuilder sameProgram(List<String> heap, List<String>... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags());
    command.addAll(heap);
    command.addAll(program());
    for (List<String> some : arguments) {
      command.addAll(some);
    }
    return new ProcessBuilder(command);
  }

  /// The same program: from its jar, whose manifest asks for what the libraries need, or, in a
  /// test, from the class path.
  private static List<String> program() {
    String classPath = System.getProperty("java.class.path");
    // By its name: the class path of a test may be one jar too, which begins a test run.
    boolean jar = Path.of(classPath.split(File.pathSeparator)[0]).endsWith("whileaway.jar");
    return jar ? List.of("-jar", classPath) : List.of("-cp", classPath, Main.class.getName());
  }

  private static IOException ended(Path log) throws IOException {
    return new IOException(
        "expected serve to be ready, but found that it ended: "
            + lastLines(log)
            + "; its log is "
            + log);
  }

  private static String lastLines(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.isEmpty()
        ? "nothing was said"
        : String.join(" ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
  }

  /// What this JVM was given whatever it does: without its heap and collector.
  public static List<String> flags() {
    var flags = new ArrayList<String>();
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (FLAGS.stream().anyMatch(flag::startsWith)) {
        flags.add(flag);
      }
    }
    return flags;
  }

  /// `HOST:PORT`.
  public String grpc() {
    return grpc;
  }

  /// `HOST:PORT`.
  public String http() {
    return http;
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /// Stops it as an operator would, and kills it if that takes too long.
  @Override
  public void close() {
    stop(process);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process is ending, and the hook runs.
    }
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
