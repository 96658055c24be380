package dev.whileaway.worker.deliver.push;

import dev.whileaway.worker.deliver.DeliverySettings.Fcm;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Reservation.Refused;
import java.io.IOException;
import java.time.Duration;

/// What stands in the `authorization` header.
interface BearerTokens {

  /// Blocks for a few seconds at most.
  ///
  /// @throws TokenUnavailableException if there is none now
  String authorization() throws InterruptedException, TokenUnavailableException;

  /// The provider did not take it: the next push asks for another. A fixed one stays.
  default void forget(String authorization) {}

  /// @throws IOException if the service account's file cannot be read, or neither it nor a bearer
  ///   is configured
  static BearerTokens of(Fcm settings) throws IOException {
    if (settings.serviceAccount().isPresent()) {
      var file = settings.serviceAccount().get();
      return IssuedTokens.begin(
          "the service account %s (delivery.fcm[].service-account)".formatted(file),
          GoogleLogin.of(file));
    }
    var bearer =
        settings
            .bearer()
            .orElseThrow(() ->
                new IOException(
                    "expected service-account or bearer in delivery.fcm[] for project %s, but found neither"
                        .formatted(settings.project())));
    return () -> "Bearer " + bearer;
  }

  /// There is no token at present.
  final class TokenUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Refused refusal;

    private TokenUnavailableException(Refused refusal) {
      super(refusal.outcome().detail());
      this.refusal = refusal;
    }

    /// A login has failed, and the route is to hear of it.
    static TokenUnavailableException failed(Duration delay, String reason) {
      return new TokenUnavailableException(
          new Refused(
              Refused.Cause.NO_LOGIN,
              new Outcome.RetryAfter(delay, Outcome.Trouble.PROVIDER, reason)));
    }

    /// A login is under way, which may still end well.
    static TokenUnavailableException awaited(Duration delay, String reason) {
      return new TokenUnavailableException(
          new Refused(
              Refused.Cause.FULL, new Outcome.RetryAfter(delay, Outcome.Trouble.PACE, reason)));
    }

    /// Nothing was sent.
    Refused refusal() {
      return refusal;
    }
  }
}
