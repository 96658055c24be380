package dev.whileaway.worker.deliver.route;

import java.time.Duration;
import java.time.Instant;

/// How many sends of a route may be under way at once. It grows by a step while sends wait, and
/// falls by a quarter when the provider is strained: it fails, or is slow. Between two changes lies
/// a while, so that the effect of one is seen before the next. Where nothing ends, more in flight
/// would be more that hang.
///
/// @param moved a send has ended well since the last change
record InFlight(int limit, Instant changedAt, boolean moved) {

  /// @param min the number that a route begins with, and never falls below
  /// @param step added at a time
  /// @param stepEvery from one change to the next, at least
  /// @param slow an answer that takes longer is a sign of strain
  record Rules(int min, int max, int step, Duration stepEvery, Duration slow) {
    Rules {
      if (min < 1 || max < min || step < 1) {
        throw new IllegalArgumentException(
            "expected 1 <= min <= max and a step, but found min %d, max %d, step %d"
                .formatted(min, max, step));
      }
    }
  }

  /// The part of the queue beyond which more sends in flight are worth a try (VK's pusher).
  private static final int CROWDED_PERCENT = 10;

  static InFlight begin(Rules rules, Instant now) {
    return new InFlight(rules.min(), now, false);
  }

  /// @param waiting sends in the queue
  InFlight crowded(int waiting, int queueMax, Instant now, Rules rules) {
    boolean grows =
        moved
            && limit < rules.max()
            && waiting * 100L > (long) queueMax * CROWDED_PERCENT
            && settled(now, rules);
    return grows ? new InFlight(Math.min(limit + rules.step(), rules.max()), now, false) : this;
  }

  /// A send has ended, soon and without trouble.
  InFlight eased() {
    return moved ? this : new InFlight(limit, changedAt, true);
  }

  InFlight strained(Instant now, Rules rules) {
    boolean shrinks = limit > rules.min() && settled(now, rules);
    return shrinks ? new InFlight(Math.max(limit * 3 / 4, rules.min()), now, false) : this;
  }

  private boolean settled(Instant now, Rules rules) {
    return !now.isBefore(changedAt.plus(rules.stepEvery()));
  }
}
