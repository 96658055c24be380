package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.phase.Phase;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;

/// `./whileaway bench due`.
@Command(
    name = "due",
    description = "Measures how many digests a second can be pulled and confirmed.",
    footer = "  ./whileaway bench due --users 200000 --rounds 1")
final class BenchDueCommand extends BenchRun {

  @Override
  Set<Phase> phases() {
    return EnumSet.of(Phase.DUE);
  }
}
