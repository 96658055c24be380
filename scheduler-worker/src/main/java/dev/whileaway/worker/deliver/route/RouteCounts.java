package dev.whileaway.worker.deliver.route;

import dev.whileaway.worker.deliver.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// What became of the sends of a route since the start: cheap enough to be always on. Safe for use
/// by many threads.
public final class RouteCounts {

  /// What is counted.
  public enum What {
    /// The provider took it.
    ACCEPTED,
    /// The token is dead.
    UNREGISTERED,
    /// Refused for ever.
    REJECTED,
    /// Not taken now.
    RETRY_AFTER,
    /// Nobody answered.
    UNKNOWN,
    /// Tried again at once, since it had never left.
    RETRIED,
    /// Found no room, and waits in the shard.
    FULL,
    /// Not begun, since the provider is banned.
    BANNED,
    /// Given up, since the provider is banned and the app of low importance.
    DROPPED,
    /// Given up, since nobody wants it any more.
    EXPIRED
  }

  private final Map<What, LongAdder> counts = new EnumMap<>(What.class);

  RouteCounts() {
    for (What what : What.values()) {
      counts.put(what, new LongAdder());
    }
  }

  void add(What what) {
    counter(what).increment();
  }

  void add(Outcome outcome) {
    add(
        switch (outcome) {
          case Outcome.Accepted _ -> What.ACCEPTED;
          case Outcome.Unregistered _ -> What.UNREGISTERED;
          case Outcome.Rejected _ -> What.REJECTED;
          case Outcome.RetryAfter _ -> What.RETRY_AFTER;
          case Outcome.Unknown _ -> What.UNKNOWN;
        });
  }

  public long of(What what) {
    return counter(what).sum();
  }

  private LongAdder counter(What what) {
    LongAdder counter = counts.get(what);
    if (counter == null) {
      throw new IllegalStateException("expected a counter of " + what + ", but found none");
    }
    return counter;
  }
}
