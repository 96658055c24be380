package dev.whileaway.testkit.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until it is told to move. Safe for use by many threads.
public final class ManualClock implements InstantSource {

  private Instant now;

  public ManualClock(Instant start) {
    now = start;
  }

  /// Stands at a moment such as `2026-01-31T10:15:00Z`.
  public static ManualClock at(String isoInstant) {
    return new ManualClock(Instant.parse(isoInstant));
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /// Moves on; a negative step moves back, as a corrected system clock does.
  ///
  /// @return the new time
  public synchronized Instant advance(Duration step) {
    now = now.plus(step);
    return now;
  }

  public synchronized void set(Instant instant) {
    now = instant;
  }
}
