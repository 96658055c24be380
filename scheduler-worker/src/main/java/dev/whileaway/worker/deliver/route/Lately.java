package dev.whileaway.worker.deliver.route;

import java.time.Duration;
import java.time.Instant;

/// How often something happened of late: in the span of time that runs, and in the one before it.
///
/// @param since the running span's begin
record Lately(Duration span, Instant since, int running, int before) {

  static Lately nothing(Duration span, Instant now) {
    return new Lately(span, now, 0, 0);
  }

  /// It happened once more.
  Lately counted(Instant now) {
    Lately at = at(now);
    return new Lately(span, at.since, at.running + 1, at.before);
  }

  int count(Instant now) {
    Lately at = at(now);
    return at.running + at.before;
  }

  private Lately at(Instant now) {
    Instant next = since.plus(span);
    if (now.isBefore(since)) {
      // The clock was set back: what is counted would stay for as long.
      return nothing(span, now);
    }
    if (now.isBefore(next)) {
      return this;
    }
    return now.isBefore(next.plus(span)) ? new Lately(span, next, 0, running) : nothing(span, now);
  }
}
