package dev.whileaway.worker.deliver.push;

import java.time.Duration;

/// Whether a connection hangs on which a push has waited in vain. Each push that is written puts
/// off the ping that would show it, and so it would swallow pushes.
final class Silence {

  private Silence() {}

  /// Nothing has come for half the time that a push waits, though that long ago one was written:
  /// not if the push itself waited for its connection, and was written only now.
  ///
  /// @param written when the push was; as all moments, in nanoseconds of the machine's clock
  /// @param heard when something last came, or the connection began
  static boolean tells(long written, long heard, long now, Duration timeout) {
    long silent = Math.min(now - written, now - heard);
    return silent >= timeout.toNanos() / 2;
  }
}
