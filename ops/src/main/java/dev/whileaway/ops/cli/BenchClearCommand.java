package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.phase.Phase;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;

/// `./whileaway bench clear`.
@Command(
    name = "clear",
    description =
        "Measures how many backlogs a second can be cleared: one by one, and on a stream.",
    footer = "  ./whileaway bench clear --users 200000 --rounds 1")
final class BenchClearCommand extends BenchRun {

  @Override
  Set<Phase> phases() {
    return EnumSet.of(Phase.CLEAR, Phase.CLEAR_STREAM);
  }
}
