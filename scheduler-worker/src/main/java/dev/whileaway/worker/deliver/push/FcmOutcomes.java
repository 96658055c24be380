package dev.whileaway.worker.deliver.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import java.time.Duration;
import java.util.Optional;

/// What an answer of FCM HTTP v1 means for a device
/// (https://firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode).
final class FcmOutcomes {

  private static final Duration QUOTA_DELAY = Duration.ofMinutes(1);
  private static final Duration OUTAGE_DELAY = Duration.ofSeconds(10);
  private static final Duration OPERATOR_DELAY = Duration.ofMinutes(5);

  private static final String NOT_FOUND = "NOT_FOUND";

  /// What the Firebase project shows to APNs, or to the push services of browsers, is refused
  /// there: not what we show to FCM, though the status is 401 as well.
  private static final String THIRD_PARTY = "THIRD_PARTY_AUTH_ERROR";

  private FcmOutcomes() {}

  /// Whether it is the `authorization` that FCM does not like.
  static boolean refusesLogin(AggregatedHttpResponse response) {
    return response.status().code() == 401
        && !errorCode(JsonAnswer.of(response).body()).equals(THIRD_PARTY);
  }

  static Outcome of(AggregatedHttpResponse response) {
    var answer = JsonAnswer.of(response);
    JsonNode body = answer.body();
    if (answer.status() == 200) {
      return new Outcome.Accepted(body.path("name").asText(""), "200");
    }
    var errorCode = errorCode(body);
    var words = answer.words(errorCode, body.at("/error/message").asText(response.contentUtf8()));
    return switch (errorCode) {
      // Never said of another project's token: that is the next.
      case "UNREGISTERED" -> new Outcome.Unregistered(Optional.empty(), words);
      // The token belongs to another project; others may be ours.
      case "SENDER_ID_MISMATCH" -> new Outcome.Rejected(words);
      // Devices of Android have nothing to do with it, and go on.
      case THIRD_PARTY ->
          new Outcome.RetryAfter(
              OPERATOR_DELAY,
              Trouble.RECIPIENT,
              "the APNs key or Web Push key of the Firebase project is refused: " + words);
      default -> byStatus(answer.status(), words, response);
    };
  }

  /// The same for a service that speaks FCM but for the details of its errors, such as RuStore:
  /// there it is the token that is not found, if the answer is the service's own, and then perhaps
  /// only in the project that was asked for.
  static Outcome ofRelative(AggregatedHttpResponse response, DeadTokens dead) {
    if (response.status().code() == 404) {
      var answer = JsonAnswer.of(response);
      JsonNode error = answer.body().path("error");
      if (error.path("status").asText().equals(NOT_FOUND) && error.path("details").isEmpty()) {
        return dead.unknown(answer.words(NOT_FOUND, error.path("message").asText("")));
      }
    }
    Outcome outcome = of(response);
    if (outcome instanceof Outcome.Accepted) {
      dead.believe();
    }
    return outcome;
  }

  private static Outcome byStatus(int status, String words, AggregatedHttpResponse response) {
    if (status == 401 || status == 403) {
      return operator("delivery.fcm[].service-account or bearer is refused: " + words);
    }
    // A dead token has its error code. Without it the address is wrong, and with it every token.
    if (status == 404) {
      return operator("delivery.fcm[].base-url or project is wrong: " + words);
    }
    if (status == 429) {
      return retry(response, QUOTA_DELAY, Trouble.PACE, words);
    }
    return status >= 500
        ? retry(response, OUTAGE_DELAY, Trouble.PROVIDER, words)
        : new Outcome.Rejected(words);
  }

  private static Outcome operator(String words) {
    return new Outcome.RetryAfter(OPERATOR_DELAY, Trouble.PROVIDER, words);
  }

  private static Outcome retry(
      AggregatedHttpResponse response, Duration otherwise, Trouble trouble, String words) {
    return new Outcome.RetryAfter(RetryDelay.of(response.headers(), otherwise), trouble, words);
  }

  private static String errorCode(JsonNode body) {
    for (var detail : body.at("/error/details")) {
      if (detail.hasNonNull("errorCode")) {
        return detail.get("errorCode").asText();
      }
    }
    return body.at("/error/status").asText("");
  }
}
