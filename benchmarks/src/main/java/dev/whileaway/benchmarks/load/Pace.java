package dev.whileaway.benchmarks.load;

import java.time.Duration;

/// How long a loop runs.
///
/// @param warmUp before anything is read off
/// @param warmUpUnits ends the warm-up sooner, where units are scarce
/// @param window what is measured; shorter if nothing is left
public record Pace(Duration warmUp, long warmUpUnits, Duration window) {

  public Pace(Duration warmUp, Duration window) {
    this(warmUp, Long.MAX_VALUE, window);
  }

  /// With a warm-up of so many units at most.
  public Pace warmingUpBy(long units) {
    return new Pace(warmUp, units, window);
  }
}
