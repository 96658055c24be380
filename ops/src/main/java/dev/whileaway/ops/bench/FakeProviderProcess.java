package dev.whileaway.ops.bench;

import dev.whileaway.benchmarks.process.ChildProcess;
import dev.whileaway.benchmarks.process.ProcessUse;
import dev.whileaway.ops.demo.ServeProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// `./whileaway fake-provider` in a process of its own.
final class FakeProviderProcess implements AutoCloseable {

  /// The behaviour that every fake has.
  static final String TAKES_ALL = "accept";

  private static final List<String> HEAP = List.of("-Xmx256m", "-XX:+UseSerialGC");

  private final ChildProcess process;
  private final String settings;

  private FakeProviderProcess(ChildProcess process, String settings) {
    this.process = process;
    this.settings = settings;
  }

  /// Returns once it is ready.
  ///
  /// @param provider as the command names it
  /// @param folder takes its keys and its log
  static FakeProviderProcess start(String provider, String behaviour, Path folder)
      throws IOException {
    Path log = folder.resolve("fake.log");
    ProcessBuilder command =
        ServeProcess.sameProgram(
                HEAP,
                List.of("fake-provider", provider, "--behaviour", behaviour),
                List.of("--folder", folder.toString()))
            .redirectError(log.toFile());
    var process = ChildProcess.start(command);
    BufferedReader out = process.process().inputReader(StandardCharsets.UTF_8);
    String ready = out.readLine();
    String heading = out.readLine();
    if (ready == null || heading == null) {
      process.close();
      throw new IOException(
          "expected fake-provider %s to be ready, but found that it ended; its log is %s"
              .formatted(provider, log));
    }
    var settings = new StringBuilder();
    for (String line = out.readLine(); line != null && !line.isEmpty(); line = out.readLine()) {
      settings.append(line).append('\n');
    }
    return new FakeProviderProcess(process, settings.toString());
  }

  /// What `whileaway.yaml` says under `delivery`.
  String settings() {
    return settings;
  }

  double cpuSeconds() throws IOException {
    return ProcessUse.cpuSeconds(process.process().toHandle());
  }

  @Override
  public void close() {
    process.close();
  }
}
