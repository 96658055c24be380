package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.phase.Phase;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;

/// `./whileaway bench ingest`.
@Command(
    name = "ingest",
    description =
        "Measures how many events a second are taken: in batches, one by one, and on a stream.",
    footer = "  ./whileaway bench ingest --users 200000 --rounds 1")
final class BenchIngestCommand extends BenchRun {

  @Override
  Set<Phase> phases() {
    return EnumSet.of(Phase.INGEST_B, Phase.INGEST_1, Phase.INGEST_STREAM);
  }
}
