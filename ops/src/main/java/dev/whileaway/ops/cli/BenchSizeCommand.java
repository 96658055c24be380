package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.phase.Phase;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;

/// `./whileaway bench size`.
@Command(
    name = "size",
    description = "Measures what a waiting event costs in memory and on disk.",
    footer = "  ./whileaway bench size --users 200000 --rounds 1")
final class BenchSizeCommand extends BenchRun {

  @Override
  Set<Phase> phases() {
    return EnumSet.of(Phase.MEMORY, Phase.DISK);
  }
}
