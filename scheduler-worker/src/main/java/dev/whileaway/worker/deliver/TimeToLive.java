package dev.whileaway.worker.deliver;

import java.time.Duration;
import java.time.Instant;

/// How long a provider may keep a message for a device that is away.
public final class TimeToLive {

  private TimeToLive() {}

  /// @param expiresAt when the provider may give up; zero is left if that is past
  /// @param max what the provider allows
  public static Duration of(Instant expiresAt, Instant now, Duration max) {
    var left = Duration.between(now, expiresAt);
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(max) > 0 ? max : left;
  }
}
