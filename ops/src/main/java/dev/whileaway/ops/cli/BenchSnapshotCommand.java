package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.phase.Phase;
import dev.whileaway.benchmarks.phase.SnapshotStage;
import dev.whileaway.benchmarks.phase.Stage;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./whileaway bench snapshot`.
@Command(
    name = "snapshot",
    description =
        "Measures how long an acknowledgement takes at a steady rate, while a snapshot of all users is written, and without one.",
    footer = "  ./whileaway bench snapshot --users 200000 --rounds 1 --only whileaway")
final class BenchSnapshotCommand extends BenchRun {

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "" + BenchRun.SNAPSHOT_RATE,
      description = "Requests a second, of one event each; ${DEFAULT-VALUE} unless given.")
  private int rate;

  @Override
  List<Stage> stages() throws CommandFailure {
    require("--rate", rate);
    return List.of(new SnapshotStage(rate));
  }

  @Override
  Set<Phase> phases() {
    return EnumSet.range(Phase.QUIET_P50, Phase.SNAPSHOT);
  }
}
