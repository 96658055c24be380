package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.phase.FsyncFloor;
import dev.whileaway.benchmarks.process.WorkFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./whileaway bench fsync`.
@Command(
    name = "fsync",
    description =
        "Measures how often the disk under the temporary folder syncs a block of 4 KiB: the floor"
            + " under every answer that waits for the disk.",
    footer = "  ./whileaway bench fsync --seconds 10")
final class BenchFsyncCommand extends ShellCommand implements Callable<Integer> {

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "5",
      description = "How long; ${DEFAULT-VALUE} unless given.")
  private int seconds;

  @Override
  public Integer call() throws CommandFailure {
    if (seconds < 1) {
      throw CommandFailure.badInput("--seconds: expected 1 or more, but found " + seconds);
    }
    try (var folder = WorkFolder.make()) {
      FsyncFloor floor = FsyncFloor.measure(folder.path(), Duration.ofSeconds(seconds));
      out().printf("syncs of 4 KiB           %8.0f /s%n", floor.perSecond());
      out().printf("one sync, p50            %8.2f ms%n", floor.p50Millis());
      out().printf("one sync, p99            %8.2f ms%n", floor.p99Millis());
      out().flush();
      return DONE;
    } catch (IOException e) {
      throw CommandFailure.failed(e);
    }
  }
}
