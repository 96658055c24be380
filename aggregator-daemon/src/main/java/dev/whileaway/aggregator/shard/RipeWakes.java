package dev.whileaway.aggregator.shard;

import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A walk along the opened wakes of one calendar; valid until the calendar changes.
final class RipeWakes {

  private final Calendar calendar;
  private final Iterator<Wake> wakes;
  private @Nullable Wake ahead;

  RipeWakes(Calendar calendar) {
    this.calendar = calendar;
    wakes = calendar.opened().iterator();
    step();
  }

  /// The one whose next wake is the earliest; null: none has one.
  static @Nullable RipeWakes first(List<RipeWakes> walks) {
    RipeWakes first = null;
    for (RipeWakes walk : walks) {
      if (walk.ahead != null && (first == null || walk.isBefore(first))) {
        first = walk;
      }
    }
    return first;
  }

  private boolean isBefore(RipeWakes other) {
    return ahead != null && (other.ahead == null || ahead.compareTo(other.ahead) < 0);
  }

  @Nullable Wake ahead() {
    return ahead;
  }

  void step() {
    ahead = wakes.hasNext() ? wakes.next() : null;
  }

  /// When the next one wakes, be it in an opened bucket or a shut one.
  OptionalLong nextAtMillis() {
    return ahead == null ? calendar.nextShut() : OptionalLong.of(ahead.atMillis());
  }
}
