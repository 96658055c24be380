package dev.whileaway.benchmarks.scale;

import dev.whileaway.benchmarks.Workload;
import dev.whileaway.benchmarks.phase.Phase;
import java.util.Locale;
import java.util.Map;

/// What one size came to.
///
/// @param medians of the rounds, in the phase's unit; a phase that failed has none
public record Point(Workload workload, Map<Phase, Double> medians) {

  /// `even` or `zipf`.
  String spread() {
    return workload.spread().name().toLowerCase(Locale.ROOT);
  }
}
