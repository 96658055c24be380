package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.phase.Phase;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;

/// `./whileaway bench restart`.
@Command(
    name = "restart",
    description = "Measures how long it takes after a kill -9 until all that waited can be read.",
    footer = "  ./whileaway bench restart --users 200000 --rounds 1")
final class BenchRestartCommand extends BenchRun {

  @Override
  Set<Phase> phases() {
    return EnumSet.of(Phase.RESTART);
  }
}
