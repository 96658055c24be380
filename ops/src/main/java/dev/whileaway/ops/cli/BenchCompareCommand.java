package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.phase.Phase;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;

/// `./whileaway bench compare`.
@Command(
    name = "compare",
    description =
        "Runs the whole workload on Whileaway and on what one would pick instead (p2: Redis with four scripts), by turns: everything fsynced before it is answered, everything on loopback, in a temporary folder. docs/PERFORMANCE.md explains the rows.",
    footer = "  ./whileaway bench compare --users 200000 --rounds 1")
final class BenchCompareCommand extends BenchRun {

  @Override
  Set<Phase> phases() {
    return EnumSet.allOf(Phase.class);
  }
}
