package dev.whileaway.worker.deliver.route;

import java.time.Duration;
import java.time.Instant;

/// When a route's next send may begin: evenly spread at its rate, with a tenth of a second's worth
/// at once, and not before the provider's rest is over.
///
/// @param freeAt the next send's moment by the rate
/// @param restUntil the provider asked for nothing before, or was strained
/// @param rest how long it was last left alone since it was strained; zero: it is not
record Pace(Instant freeAt, Instant restUntil, Duration rest) {

  /// Short, since what is strained may be one of a domain's servers.
  private static final Duration REST_FIRST = Duration.ofSeconds(10);

  private static final Duration REST_MAX = Duration.ofMinutes(10);

  private static final Duration BURST = Duration.ofMillis(100);

  static Pace begin(Instant now) {
    return new Pace(now, now, Duration.ZERO);
  }

  /// From now until the next send may begin; zero: at once.
  Duration pause(Instant now) {
    Instant by = freeAt.minus(BURST);
    Instant next = by.isAfter(restUntil) ? by : restUntil;
    return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
  }

  boolean resting(Instant now) {
    return now.isBefore(restUntil);
  }

  /// A send takes its turn.
  ///
  /// @param perSecondMax zero: any number
  Pace taken(Instant now, int perSecondMax) {
    if (perSecondMax == 0) {
      return this;
    }
    Instant from = freeAt.isAfter(now) ? freeAt : now;
    return new Pace(from.plusNanos(turn(perSecondMax)), restUntil, rest);
  }

  /// A send did not use its turn.
  Pace givenBack(int perSecondMax) {
    return perSecondMax == 0
        ? this
        : new Pace(freeAt.minusNanos(turn(perSecondMax)), restUntil, rest);
  }

  private static long turn(int perSecondMax) {
    return 1_000_000_000L / perSecondMax;
  }

  /// The provider asks for a rest.
  Pace rested(Instant until) {
    return until.isAfter(restUntil) ? new Pace(freeAt, until, rest) : this;
  }

  /// The provider takes less than it is offered: it is left alone for a while, twice as long each
  /// time. What was under way when the rest began says nothing new.
  Pace strained(Instant now) {
    if (resting(now)) {
      return this;
    }
    Duration doubled = rest.isZero() ? REST_FIRST : rest.multipliedBy(2);
    Duration next = doubled.compareTo(REST_MAX) < 0 ? doubled : REST_MAX;
    return new Pace(freeAt, now.plus(next), next);
  }

  /// The provider took something.
  Pace eased(Instant now) {
    return rest.isZero() || resting(now) ? this : new Pace(freeAt, restUntil, Duration.ZERO);
  }
}
