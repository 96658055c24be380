package dev.whileaway.worker.deliver.push;

import com.eatthepath.pushy.apns.PushNotificationResponse;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import java.time.Duration;
import java.util.Set;

/// What an answer of APNs means for a device ("Handling notification responses from APNs").
final class ApnsOutcomes {

  /// "After 15 minutes, you can retry"; there is no Retry-After.
  private static final Duration OUTAGE_DELAY = Duration.ofMinutes(15);

  private static final Duration SHUTDOWN_DELAY = Duration.ofSeconds(15);
  private static final Duration BUSY_DELAY = Duration.ofMinutes(1);
  private static final Duration OPERATOR_DELAY = Duration.ofMinutes(5);

  private static final Set<String> WRONG_TOPIC =
      Set.of("BadTopic", "MissingTopic", "TopicDisallowed");

  private ApnsOutcomes() {}

  static Outcome of(PushNotificationResponse<ApnsNotification> response, DeadTokens dead) {
    if (response.isAccepted()) {
      dead.believe();
      return new Outcome.Accepted(String.valueOf(response.getApnsId()), "200");
    }
    int status = response.getStatusCode();
    var reason = response.getRejectionReason().orElse("");
    var words = (status + " " + reason).strip();
    if (status == 410) {
      return new Outcome.Unregistered(response.getTokenInvalidationTimestamp(), words);
    }
    // So is a good one at the host of the other environment.
    if (reason.equals("BadDeviceToken")) {
      return dead.unknown(words);
    }
    if (status == 403) {
      return operator(
          "delivery.apns[].signing-key, key-id or team-id (or certificate) is refused: " + words);
    }
    if (WRONG_TOPIC.contains(reason)) {
      return operator("delivery.apns[].topic is refused: " + words);
    }
    if (reason.equals("TooManyProviderTokenUpdates")) {
      return new Outcome.RetryAfter(BUSY_DELAY, Trouble.PACE, words);
    }
    // Too many for this one device.
    if (status == 429) {
      return new Outcome.RetryAfter(BUSY_DELAY, Trouble.RECIPIENT, words);
    }
    // That server alone: the next connection finds another.
    if (reason.equals("Shutdown")) {
      return new Outcome.RetryAfter(SHUTDOWN_DELAY, Trouble.PROVIDER, words);
    }
    return status >= 500
        ? new Outcome.RetryAfter(OUTAGE_DELAY, Trouble.PROVIDER, words)
        : new Outcome.Rejected(words);
  }

  private static Outcome operator(String words) {
    return new Outcome.RetryAfter(OPERATOR_DELAY, Trouble.PROVIDER, words);
  }
}
