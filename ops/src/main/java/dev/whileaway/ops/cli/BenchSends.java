package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.process.WorkFolder;
import dev.whileaway.ops.bench.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What the benches of sends have in common.
abstract class BenchSends extends ShellCommand implements Callable<Integer> {

  private static final Duration WARM_UP = Duration.ofSeconds(20);

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "10",
      description = "Of each kind of send, after a warm-up of 20; ${DEFAULT-VALUE} unless given.")
  private int seconds;

  @Option(names = "--json", paramLabel = "FILE", description = "Takes the figures too.")
  private @Nullable Path json;

  abstract Figures measure(WorkFolder folder, Duration warmUp, Duration window)
      throws IOException, InterruptedException, CommandFailure;

  @Override
  public Integer call() throws CommandFailure {
    if (seconds < 1) {
      throw CommandFailure.badInput(
          "expected --seconds of 1 or more, but found %d".formatted(seconds));
    }
    try (var folder = WorkFolder.make()) {
      Figures figures = measure(folder, WARM_UP, Duration.ofSeconds(seconds));
      out().print(figures.table());
      out().flush();
      if (json != null) {
        figures.writeJson(json);
      }
      return DONE;
    } catch (IOException e) {
      throw CommandFailure.failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed(e);
    }
  }
}
