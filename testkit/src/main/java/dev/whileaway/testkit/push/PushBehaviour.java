package dev.whileaway.testkit.push;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a fake provider does with a push to a token.
public sealed interface PushBehaviour {

  /// Takes it.
  PushBehaviour ACCEPT = new Accept();

  /// Takes it and never answers. The push is remembered.
  PushBehaviour HANG = new Hang();

  /// Takes it and closes the connection without an answer. The push is remembered.
  PushBehaviour CLOSE = new Close();

  /// Takes it, and says that the connection will take no more: HTTP/2's GOAWAY. What is under way
  /// on it is still answered.
  PushBehaviour GO_AWAY = new GoAway();

  /// Does not take it, and says that neither this nor any later one on the connection was looked
  /// at: GOAWAY with an earlier last stream. What began before is still answered.
  PushBehaviour TURN_AWAY = turnAway(0);

  /// The same, in bad order.
  ///
  /// @param errorCode of HTTP/2 (RFC 9113 section 7)
  static PushBehaviour turnAway(long errorCode) {
    return new TurnAway(errorCode);
  }

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
  static Refuse refuse(int status, String reason) {
    return new Refuse(status, reason, Optional.empty());
  }

  /// Refuses with a Retry-After header.
  static Refuse refuse(int status, String reason, Duration retryAfter) {
    return new Refuse(status, reason, Optional.of(retryAfter));
  }

  /// Behaves so after a while.
  ///
  /// @param then anything but [#turnAway]
  static PushBehaviour after(Duration delay, PushBehaviour then) {
    return new Delayed(delay, then);
  }

  /// Behaves in several ways, evenly mixed; what the parts leave of a hundred pushes is taken.
  static PushBehaviour mix(Part... parts) {
    return new Mix(List.of(parts));
  }

  /// Some of a hundred pushes.
  record Part(int percent, PushBehaviour behaviour) {}

  record Accept() implements PushBehaviour {}

  record GoAway() implements PushBehaviour {}

  record TurnAway(long errorCode) implements PushBehaviour {}

  record Delayed(Duration delay, PushBehaviour then) implements PushBehaviour {
    public Delayed {
      if (turnsAway(then)) {
        throw new IllegalArgumentException(
            "expected a behaviour that can wait, but found %s: by then later pushes may have been"
                    .formatted(then)
                + " taken, and it would deny that");
      }
    }

    private static boolean turnsAway(PushBehaviour then) {
      return then instanceof TurnAway
          || (then instanceof Mix(var parts)
              && parts.stream().anyMatch(part -> turnsAway(part.behaviour())));
    }
  }

  record Mix(List<Part> parts) implements PushBehaviour {

    /// @param number of the push
    PushBehaviour of(long number) {
      long slot = Math.floorMod(number * SPREAD, 100);
      for (Part part : parts) {
        if (slot < part.percent()) {
          return part.behaviour();
        }
        slot -= part.percent();
      }
      return ACCEPT;
    }

    /// Has no factor in common with 100, so that a hundred pushes take each slot once.
    private static final int SPREAD = 37;
  }

  record Hang() implements PushBehaviour {}

  record Close() implements PushBehaviour {}

  record Unregistered(Instant since) implements PushBehaviour {}

  record Refuse(int status, String reason, Optional<Duration> retryAfter)
      implements PushBehaviour {}
}
