package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.process.WorkFolder;
import dev.whileaway.ops.bench.DeliveryBench;
import dev.whileaway.ops.bench.DeliveryBench.Part;
import dev.whileaway.ops.bench.DeliveryFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./whileaway bench delivery`.
@Command(
    name = "delivery",
    description =
        "Measures how fast pushes go out over APNs and FCM, each with a fake provider in a process"
            + " of its own, and how fast whole digests do: due, leased, planned, rendered, begun,"
            + " sent, answered, by serve in a process of its own.",
    footer = "  ./whileaway bench delivery --seconds 10 --json delivery.json")
final class BenchDeliveryCommand extends ShellCommand implements Callable<Integer> {

  private static final Duration WARM_UP = Duration.ofSeconds(10);

  @Parameters(
      paramLabel = "PART",
      arity = "0..*",
      description = "${COMPLETION-CANDIDATES}; all of them unless given.")
  private List<Part> parts = List.of(Part.values());

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "10",
      description = "Of each platform, after a warm-up of 10; ${DEFAULT-VALUE} unless given.")
  private int seconds;

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "200000",
      description = "Digests of the pipeline; ${DEFAULT-VALUE} unless given.")
  private int users;

  @Option(names = "--json", paramLabel = "FILE", description = "Takes the figures too.")
  private @Nullable Path json;

  @Override
  public Integer call() throws CommandFailure {
    if (seconds < 1 || users < 100) {
      throw CommandFailure.badInput(
          "expected --seconds of 1 or more and --users of 100 or more, but found %d and %d"
              .formatted(seconds, users));
    }
    try (var folder = WorkFolder.make()) {
      var bench = new DeliveryBench(folder, WARM_UP, Duration.ofSeconds(seconds));
      DeliveryFigures figures = bench.run(EnumSet.copyOf(parts), users);
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
