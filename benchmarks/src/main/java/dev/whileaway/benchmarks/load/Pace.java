package dev.whileaway.benchmarks.load;

import java.time.Duration;

/// How long a loop runs.
///
/// @param warmUp before anything is read off
/// @param window what is measured; shorter if nothing is left
public record Pace(Duration warmUp, Duration window) {

  /// For a loop whose warm-up is over.
  public Pace warm() {
    return new Pace(Duration.ZERO, window);
  }
}
