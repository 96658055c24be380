package dev.whileaway.benchmarks;

/// Workload W: event `k` of an endless sequence, the same at every run.
///
/// Each pass of [#users] consecutive events touches every user once, in scrambled order: `p` passes
/// are exactly `p` events for each user.
///
/// @param users how many; ids have ten digits
public record Workload(int users) {

  private static final long FIRST_USER = 1_000_000_000L;
  private static final long FIRST_SENDER = 2_000_000_000L;
  private static final long SENDERS = 1_000_000_000L;

  /// A prime, so that a pass meets every user unless `users` is a multiple of it.
  private static final long STRIDE = 7_368_787L;

  private static final WorkEvent.Type[] WAITING = {
    WorkEvent.Type.MESSAGE, WorkEvent.Type.VISIT, WorkEvent.Type.FAVOURITE
  };
  private static final String TEXT = "Are you coming? We meet ";

  public Workload {
    if (users < 1 || users >= STRIDE) {
      throw new IllegalArgumentException(
          "expected 1 to " + (STRIDE - 1) + " users, but found " + users);
    }
  }

  /// The recipient of event `k`; `k` from 0 to `users - 1` draws every user, without replacement.
  public long user(long k) {
    return FIRST_USER + Math.floorMod(k * STRIDE, (long) users);
  }

  /// Event `k`, of a type that waits for its window.
  public WorkEvent event(long k) {
    long hash = mixed(k);
    return event(k, hash, WAITING[(int) Long.remainderUnsigned(hash, WAITING.length)]);
  }

  /// Event `k`, of a type that makes its recipient due at once.
  public WorkEvent urgent(long k) {
    return event(k, mixed(k), WorkEvent.Type.MATCH);
  }

  private WorkEvent event(long k, long hash, WorkEvent.Type type) {
    long sender = FIRST_SENDER + Long.remainderUnsigned(hash, SENDERS);
    return new WorkEvent(user(k), sender, type, TEXT + hex(hash));
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
