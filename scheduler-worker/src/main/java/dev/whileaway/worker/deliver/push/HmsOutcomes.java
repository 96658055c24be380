package dev.whileaway.worker.deliver.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import java.time.Duration;

/// What an answer of Push Kit means for a device ("Response codes" of its REST reference). A
/// refusal may come with status 200: it is the code in the body that counts.
final class HmsOutcomes {

  private static final Duration BUSY_DELAY = Duration.ofMinutes(1);
  private static final Duration OUTAGE_DELAY = Duration.ofSeconds(10);
  private static final Duration OPERATOR_DELAY = Duration.ofMinutes(5);

  private HmsOutcomes() {}

  /// Whether it is the `authorization` that Push Kit does not like.
  static boolean refusesLogin(AggregatedHttpResponse response) {
    var answer = JsonAnswer.of(response);
    return answer.status() == 401 || answer.body().path("code").asText().startsWith("8020000");
  }

  static Outcome of(AggregatedHttpResponse response, DeadTokens dead) {
    var answer = JsonAnswer.of(response);
    JsonNode body = answer.body();
    String code = body.path("code").asText();
    String words = answer.words(code, body.path("msg").asText());
    return switch (code) {
      case "80000000" -> {
        dead.believe();
        yield new Outcome.Accepted(body.path("requestId").asText(), code);
      }
      // Each request has one token: "all" and "some" are that one. So is the token of another app.
      case "80300007", "80100000" -> dead.unknown(words);
      case "80200001", "80200003", "80300002" ->
          new Outcome.RetryAfter(
              OPERATOR_DELAY,
              Trouble.PROVIDER,
              "delivery.hms[].app-id or app-secret is refused: " + words);
      case "81000001", "80600003" -> outage(response, words);
      default -> byStatus(answer.status(), words, response);
    };
  }

  private static Outcome byStatus(int status, String words, AggregatedHttpResponse response) {
    return switch (status) {
      case 401, 403, 404 ->
          new Outcome.RetryAfter(
              OPERATOR_DELAY,
              Trouble.PROVIDER,
              "delivery.hms[].base-url, app-id or app-secret is refused: " + words);
      // Push Kit limits its traffic by 503, too.
      case 429, 503 ->
          new Outcome.RetryAfter(
              RetryDelay.of(response.headers(), BUSY_DELAY), Trouble.PACE, words);
      default -> status >= 500 ? outage(response, words) : new Outcome.Rejected(words);
    };
  }

  /// Huawei's guide ("Result Codes") asks for less traffic and names no time; a time that comes
  /// with the answer is heeded.
  private static Outcome outage(AggregatedHttpResponse response, String words) {
    return new Outcome.RetryAfter(
        RetryDelay.of(response.headers(), OUTAGE_DELAY), Trouble.PROVIDER, words);
  }
}
