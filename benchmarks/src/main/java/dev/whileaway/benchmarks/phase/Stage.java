package dev.whileaway.benchmarks.phase;

import dev.whileaway.benchmarks.Contender;
import dev.whileaway.benchmarks.process.WorkFolder;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/// Phases that share one store of a contender.
public interface Stage {

  /// In the order in which they are told.
  Set<Phase> phases();

  /// Whether a contender can do what is measured.
  default boolean takes(Contender contender) {
    return true;
  }

  /// Starts the contender in an empty folder, measures, and stops it.
  ///
  /// @param wanted some of [#phases]; the others are left out where they can be
  Map<Phase, Measure> run(Contender contender, WorkFolder work, Plan plan, Set<Phase> wanted)
      throws IOException, InterruptedException;
}
