package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.process.WorkFolder;
import dev.whileaway.ops.bench.DeliveryBench;
import dev.whileaway.ops.bench.DeliveryBench.Part;
import dev.whileaway.ops.bench.Figures;
import dev.whileaway.ops.config.Spans;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./whileaway bench delivery`.
@Command(
    name = "delivery",
    description =
        "Measures how fast pushes go out over APNs and FCM, each with a fake provider in a process"
            + " of its own, and how fast whole digests do: due, leased, planned, rendered, begun,"
            + " sent, answered, by serve in a process of its own; and what the users of a healthy"
            + " app notice while one app's provider hangs, one's refuses all and one's wants a"
            + " rest.",
    footer = {
      "  ./whileaway bench delivery --seconds 10 --json delivery.json",
      "  ./whileaway bench delivery isolation --seconds 30 --soak 10m"
    })
final class BenchDeliveryCommand extends BenchSends {

  @Parameters(
      paramLabel = "PART",
      arity = "0..*",
      description = "${COMPLETION-CANDIDATES}; all of them unless given.")
  private List<Part> parts = List.of(Part.values());

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "200000",
      description = "Digests of the pipeline; ${DEFAULT-VALUE} unless given.")
  private int users;

  @Option(
      names = "--soak",
      paramLabel = "TIME",
      description =
          "Go on with the isolation for so long, such as 10m, and see whether the heap of serve"
              + " stays flat.")
  private String soak = "";

  private Duration soak() throws CommandFailure {
    if (soak.isEmpty()) {
      return Duration.ZERO;
    }
    try {
      return Spans.parse(soak);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.badInput(
          "--soak: expected %s, but found \"%s\"".formatted(e.getMessage(), soak));
    }
  }

  @Override
  Figures measure(WorkFolder folder, Duration warmUp, Duration window)
      throws IOException, InterruptedException, CommandFailure {
    if (users < 100) {
      throw CommandFailure.badInput(
          "expected --users of 100 or more, but found %d".formatted(users));
    }
    return new DeliveryBench(folder, warmUp, window).run(EnumSet.copyOf(parts), users, soak());
  }
}
