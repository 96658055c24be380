package dev.whileaway.worker.deliver.route;

import java.time.Duration;
import java.time.Instant;

/// When those come again that found no room: one after the other, as a route that is open would
/// take them. A route that stands still is then not asked by all of its digests again and again,
/// each at the price of a lease, and one that opens is not found full by all of them at once.
///
/// @param next the first moment that is not given away
record Returns(Instant next) {

  /// Nobody is sent away for longer than this beyond what was asked for; beyond it moments are
  /// given twice.
  static final Duration SPREAD_MAX = Duration.ofMinutes(10);

  static Returns begin(Instant now) {
    return new Returns(now);
  }

  /// The moment for one that must not come before `earliest`.
  Instant moment(Instant earliest) {
    return next.isAfter(earliest) && !next.isAfter(earliest.plus(SPREAD_MAX)) ? next : earliest;
  }

  /// That moment is given away.
  Returns given(Instant earliest, int perSecond) {
    return new Returns(moment(earliest).plusNanos(1_000_000_000L / perSecond));
  }
}
