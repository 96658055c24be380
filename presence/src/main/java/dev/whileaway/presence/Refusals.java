package dev.whileaway.presence;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the touches of new users for whom there was no room, and warns of them at a calm pace.
final class Refusals {

  /// One warning in this time.
  static final Duration WARNING_INTERVAL = Duration.ofMinutes(10);

  private static final Logger log = LoggerFactory.getLogger(Refusals.class);

  private final long expectedUsers;
  private final InstantSource clock;
  private final LongAdder count = new LongAdder();
  private final AtomicLong nextWarningAtMillis = new AtomicLong(Long.MIN_VALUE);

  Refusals(long expectedUsers, InstantSource clock) {
    this.expectedUsers = expectedUsers;
    this.clock = clock;
  }

  void add() {
    count.increment();
    long nowMillis = clock.millis();
    long next = nextWarningAtMillis.get();
    if (nowMillis >= next
        && nextWarningAtMillis.compareAndSet(next, nowMillis + WARNING_INTERVAL.toMillis())) {
      log.warn(
          "Presence is full: {} touches of new users refused so far; these users count as offline."
              + " Raise presence.expected-users (now {}) and restart, or shorten"
              + " presence.keep-for.",
          count.sum(),
          expectedUsers);
    }
  }

  long count() {
    return count.sum();
  }
}
