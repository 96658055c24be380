package dev.whileaway.benchmarks.peer;

import java.time.Duration;
import java.time.InstantSource;

/// The times that a peer's client stamps, since its server does not.
///
/// @param nowMillis since the epoch
public record Window(long nowMillis) {

  private static final Duration WINDOW = Duration.ofMinutes(30);
  private static final Duration LEASE = Duration.ofSeconds(60);

  public static Window now(InstantSource clock) {
    return new Window(clock.millis());
  }

  /// When a backlog that begins now is due.
  public long endMillis() {
    return nowMillis + WINDOW.toMillis();
  }

  /// When a lease that is taken now ends.
  public long leaseEndMillis() {
    return nowMillis + LEASE.toMillis();
  }
}
