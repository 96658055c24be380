package dev.whileaway.worker.deliver.webpush;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import dev.whileaway.worker.deliver.push.RetryDelay;
import java.time.Duration;
import java.util.Optional;

/// What an answer of a push service means for a subscription (RFC 8030 sections 5 and 7, RFC 8292
/// section 2.4).
final class WebPushOutcomes {

  private static final Duration BUSY_DELAY = Duration.ofMinutes(1);
  private static final Duration OUTAGE_DELAY = Duration.ofSeconds(15);
  private static final Duration OPERATOR_DELAY = Duration.ofMinutes(5);
  private static final int DETAIL_CHARACTERS_MAX = 300;

  private WebPushOutcomes() {}

  static Outcome of(AggregatedHttpResponse response) {
    int status = response.status().code();
    String words = words(status, response.contentUtf8());
    if (status / 100 == 2) {
      return new Outcome.Accepted(response.headers().get("location", ""), words);
    }
    return switch (status) {
      // The address is the subscription's own: no setting of ours can make it look dead. One made
      // for another key of ours is refused by the next.
      case 404, 410 -> new Outcome.Unregistered(Optional.empty(), words);
      case 401, 403 ->
          new Outcome.RetryAfter(
              OPERATOR_DELAY,
              Trouble.PROVIDER,
              "delivery.web-push[].public-key, private-key or contact is refused: " + words);
      case 429 ->
          new Outcome.RetryAfter(
              RetryDelay.of(response.headers(), BUSY_DELAY), Trouble.PACE, words);
      default ->
          status >= 500
              ? new Outcome.RetryAfter(
                  RetryDelay.of(response.headers(), OUTAGE_DELAY), Trouble.PROVIDER, words)
              : new Outcome.Rejected(words);
    };
  }

  private static String words(int status, String content) {
    String words = (status + " " + content).strip();
    return words.length() > DETAIL_CHARACTERS_MAX
        ? words.substring(0, DETAIL_CHARACTERS_MAX)
        : words;
  }
}
