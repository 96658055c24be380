package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.phase.Phase;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;

/// `./whileaway bench presence`.
@Command(
    name = "presence",
    description =
        "Measures how many touches of presence a second are taken: by the store itself, and by serve on a stream.",
    footer = "  ./whileaway bench presence --users 200000 --rounds 1")
final class BenchPresenceCommand extends BenchRun {

  @Override
  Set<Phase> phases() {
    return EnumSet.of(Phase.TOUCH, Phase.TOUCH_STREAM);
  }
}
