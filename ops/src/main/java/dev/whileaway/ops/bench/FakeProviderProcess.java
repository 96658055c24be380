package dev.whileaway.ops.bench;

import dev.whileaway.benchmarks.process.ChildProcess;
import dev.whileaway.benchmarks.process.ProcessUse;
import dev.whileaway.ops.demo.ServeProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `./whileaway fake-provider` in a process of its own.
final class FakeProviderProcess implements AutoCloseable {

  /// In its folder, if it was started to remember.
  private static final String RECEIVED = "received";

  private static final List<String> HEAP = List.of("-Xmx256m", "-XX:+UseSerialGC");

  private final ChildProcess process;
  private final String settings;
  private final Path received;

  private FakeProviderProcess(ChildProcess process, String settings, Path received) {
    this.process = process;
    this.settings = settings;
    this.received = received;
  }

  /// One that takes all. Returns once it is ready.
  ///
  /// @param provider as the command names it
  /// @param folder takes its keys and its log
  static FakeProviderProcess start(String provider, Path folder) throws IOException {
    return start(provider, folder, List.of());
  }

  /// One that takes all, and remembers it for [#received]. Returns once it is ready.
  ///
  /// @param folder is made
  static FakeProviderProcess startRemembering(String provider, Path folder) throws IOException {
    Files.createDirectory(folder);
    return start(provider, folder, List.of("--received", folder.resolve(RECEIVED).toString()));
  }

  private static FakeProviderProcess start(String provider, Path folder, List<String> more)
      throws IOException {
    Path log = folder.resolve("fake.log");
    ProcessBuilder command =
        ServeProcess.sameProgram(
                HEAP, List.of("fake-provider", provider, "--folder", folder.toString()), more)
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
    return new FakeProviderProcess(process, settings.toString(), folder.resolve(RECEIVED));
  }

  /// What `whileaway.yaml` says under `delivery`.
  String settings() {
    return settings;
  }

  double cpuSeconds() throws IOException {
    return ProcessUse.cpuSeconds(process.process().toHandle());
  }

  /// Stops it and tells what it took, a line a push: token, tab, id of the digest.
  List<String> received() throws IOException {
    close();
    return Files.readAllLines(received);
  }

  @Override
  public void close() {
    process.close();
  }
}
