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

  /// @throws IOException if the service account's file cannot be read, or neither it nor a bearer
  ///   is configured
  static BearerTokens of(Fcm settings) throws IOException {
    if (settings.serviceAccount().isPresent()) {
      var file = settings.serviceAccount().get();
      return new IssuedTokens(
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

    private final Duration delay;
    private final String reason;

    TokenUnavailableException(Duration delay, String reason) {
      super(reason);
      this.delay = delay;
      this.reason = reason;
    }

    /// Nothing was sent, and the route is to hear of it.
    Refused refusal() {
      return new Refused(
          Refused.Cause.NO_LOGIN, new Outcome.RetryAfter(delay, Outcome.Trouble.PROVIDER, reason));
    }
  }
}
