package dev.whileaway.benchmarks;

import java.util.stream.LongStream;

/// Workload W: event `k` of an endless sequence, the same at every run.
///
/// @param users how many; ids have ten digits
/// @param spread to whom events go
public record Workload(int users, Spread spread) {

  /// To whom events go.
  public enum Spread {
    /// Each pass of [#users] consecutive events touches every user once, in scrambled order: `p`
    /// passes are exactly `p` events for each user.
    EVEN,
    /// A user's share falls with the rank (Zipf, exponent 1): rank `r` has about `1 / (r ln users)`
    /// of all events.
    ZIPF
  }

  private static final long FIRST_USER = 1_000_000_000L;
  private static final long FIRST_SENDER = 2_000_000_000L;
  private static final long SENDERS = 1_000_000_000L;
  private static final int USERS_MAX = 100_000_000;

  /// A prime, so that a pass meets every user unless `users` is a multiple of it.
  private static final long STRIDE = 7_368_787L;

  private static final WorkEvent.Type[] WAITING = {
    WorkEvent.Type.MESSAGE, WorkEvent.Type.VISIT, WorkEvent.Type.FAVOURITE
  };
  private static final String TEXT = "Are you coming? We meet ";

  public Workload {
    if (users < 1 || users > USERS_MAX || users % STRIDE == 0) {
      throw new IllegalArgumentException(
          "expected 1 to %d users, not a multiple of %d, but found %d"
              .formatted(USERS_MAX, STRIDE, users));
    }
  }

  /// Spread evenly.
  public Workload(int users) {
    this(users, Spread.EVEN);
  }

  /// User `k` of a pass; `k` from 0 to `users - 1` draws every user, without replacement.
  public long user(long k) {
    return FIRST_USER + Math.floorMod(k * STRIDE, (long) users);
  }

  /// The recipient of event `k`.
  public long recipient(long k) {
    return switch (spread) {
      case EVEN -> user(k);
      case ZIPF -> user(rank(mixed(~k)));
    };
  }

  /// The inverse of Zipf's distribution where it is smooth: `(users + 1) ^ u`, `u` from 0 to 1.
  private long rank(long hash) {
    double u = (hash >>> 11) * 0x1p-53;
    return (long) Math.pow(users + 1.0, u) - 1;
  }

  /// How many of the first so many events are a user's.
  public long eventsOf(long user, long events) {
    return LongStream.range(0, events).filter(k -> recipient(k) == user).count();
  }

  /// How many of the first so many events remain where a backlog keeps so many at most.
  public long kept(long events, int perBacklogMax) {
    var backlogs = new int[users];
    return LongStream.range(0, events)
        .filter(k -> backlogs[(int) (recipient(k) - FIRST_USER)]++ < perBacklogMax)
        .count();
  }

  /// Event `k`, of a type that waits for its window.
  public WorkEvent event(long k) {
    long hash = mixed(k);
    return event(recipient(k), hash, WAITING[(int) Long.remainderUnsigned(hash, WAITING.length)]);
  }

  /// Event `k` of an even spread, of a type that makes its recipient due at once.
  public WorkEvent urgent(long k) {
    return event(user(k), mixed(k), WorkEvent.Type.MATCH);
  }

  private static WorkEvent event(long recipient, long hash, WorkEvent.Type type) {
    long sender = FIRST_SENDER + Long.remainderUnsigned(hash, SENDERS);
    return new WorkEvent(recipient, sender, type, TEXT + hex(hash));
  }

  /// Sixteen digits: with the text before them, 40 bytes of data.
  private static String hex(long hash) {
    return Long.toHexString(hash >>> 1 | Long.MIN_VALUE);
  }

  /// SplitMix64's finalizer.
  private static long mixed(long k) {
    long z = k + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
