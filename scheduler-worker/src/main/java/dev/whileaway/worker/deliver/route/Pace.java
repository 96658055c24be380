package dev.whileaway.worker.deliver.route;

import java.time.Duration;
import java.time.Instant;

/// When a route's next send may begin: evenly spread at its rate, with a tenth of a second's worth
/// at once, and not before the provider's rest is over.
///
/// @param freeAt the next send's moment by the rate
/// @param restUntil the provider asked for nothing before
record Pace(Instant freeAt, Instant restUntil) {

  private static final Duration BURST = Duration.ofMillis(100);

  static Pace begin(Instant now) {
    return new Pace(now, now);
  }

  /// From now until the next send may begin; zero: at once.
  Duration pause(Instant now) {
    Instant by = freeAt.minus(BURST);
    Instant next = by.isAfter(restUntil) ? by : restUntil;
    return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
  }

  /// A send takes its turn.
  ///
  /// @param perSecondMax zero: any number
  Pace taken(Instant now, int perSecondMax) {
    if (perSecondMax == 0) {
      return this;
    }
    Instant from = freeAt.isAfter(now) ? freeAt : now;
    return new Pace(from.plusNanos(1_000_000_000L / perSecondMax), restUntil);
  }

  /// The provider asks for a rest.
  Pace rested(Instant until) {
    return until.isAfter(restUntil) ? new Pace(freeAt, until) : this;
  }
}
