package dev.whileaway.ops.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a command writes its figures as JSON, if it was asked to.
final class ReportFile {

  @Option(names = "--report", paramLabel = "FILE", description = "Write the figures as JSON.")
  private @Nullable Path file;

  /// Refuses now what could not be written after a long run.
  void check() throws CommandFailure {
    if (file == null) {
      return;
    }
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    if (Files.isDirectory(file) || !Files.isDirectory(folder) || !mayWrite(file, folder)) {
      throw CommandFailure.badInput(
          "--report: expected a file that can be written, but found " + file);
    }
  }

  private static boolean mayWrite(Path file, Path folder) {
    return Files.isWritable(Files.exists(file) ? file : folder);
  }

  /// @param json one value, without a line end
  void write(String json) throws IOException {
    if (file != null) {
      Files.writeString(file, json + "\n");
    }
  }
}
