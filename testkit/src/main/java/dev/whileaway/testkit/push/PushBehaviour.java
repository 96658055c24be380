package dev.whileaway.testkit.push;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a fake provider does with a push to a token.
public sealed interface PushBehaviour {

  /// Takes it.
  PushBehaviour ACCEPT = new Accept();

  /// Takes it and never answers. The push is remembered.
  PushBehaviour HANG = new Hang();

  /// Takes it and closes the connection without an answer. The push is remembered.
  PushBehaviour CLOSE = new Close();

  /// Says that the app was removed from the device.
  ///
  /// @param since told only where the protocol has a place for it (APNs)
  static PushBehaviour unregistered(Instant since) {
    return new Unregistered(since);
  }

  /// Refuses in the provider's own words.
  ///
  /// @param status of HTTP
  /// @param reason FCM: an error code such as `INVALID_ARGUMENT`; APNs: such as `BadDeviceToken`
  static PushBehaviour refuse(int status, String reason) {
    return new Refuse(status, reason, Optional.empty());
  }

  /// Refuses with a Retry-After header.
  static PushBehaviour refuse(int status, String reason, Duration retryAfter) {
    return new Refuse(status, reason, Optional.of(retryAfter));
  }

  record Accept() implements PushBehaviour {}

  record Hang() implements PushBehaviour {}

  record Close() implements PushBehaviour {}

  record Unregistered(Instant since) implements PushBehaviour {}

  record Refuse(int status, String reason, Optional<Duration> retryAfter)
      implements PushBehaviour {}
}
