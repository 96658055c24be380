package dev.whileaway.aggregator.edge.story;

import com.google.protobuf.util.Timestamps;
import dev.whileaway.internal.v1.Attempt;
import dev.whileaway.v1.Outcome;
import dev.whileaway.v1.Step;
import dev.whileaway.v1.WhyKind;
import java.util.List;

/// One lease, told: who took it, and what came of it.
final class AttemptWords {

  private AttemptWords() {}

  static List<Told> of(Attempt attempt, long endedAtMillis) {
    return List.of(leased(attempt), ended(attempt, endedAtMillis));
  }

  /// What a worker said of itself, as it said it.
  static Told step(Step step) {
    return new Told(Timestamps.toMillis(step.getAt()), WhyKind.WHY_KIND_STEP, step.getWhat());
  }

  private static Told leased(Attempt attempt) {
    return new Told(
        attempt.getLeasedAtMillis(),
        WhyKind.WHY_KIND_LEASED,
        "leased by " + attempt.getWorker() + ", due at " + Phrase.moment(attempt.getDueAtMillis()));
  }

  private static Told ended(Attempt attempt, long at) {
    return DeferralWords.of(attempt, at)
        .map(DeferralWords.Deferral::told)
        .orElseGet(() -> settled(attempt, at));
  }

  private static Told settled(Attempt attempt, long at) {
    return switch (attempt.getEnding()) {
      case ENDING_CONFIRMED -> confirmed(attempt, at);
      // Any other cancel is a deferral.
      case ENDING_CANCELLED -> sent(attempt, at, "; " + DeferralWords.nextStep(attempt));
      case ENDING_UNKNOWN_CONFIRMED -> unknown(attempt, at, "presumed sent; it is not sent again");
      case ENDING_UNKNOWN_CANCELLED ->
          unknown(
              attempt,
              at,
              "presumed sent; it is not sent again, and " + DeferralWords.nextStep(attempt));
      case ENDING_UNKNOWN_RESEND ->
          unknown(attempt, at, "by policy it is sent again, perhaps for a second time");
      case ENDING_EMPTIED ->
          new Told(
              at,
              WhyKind.WHY_KIND_CLEARED,
              "the user saw everything before it was sent: nothing was sent");
      case ENDING_EXPIRED_UNSENT, ENDING_UNSPECIFIED, UNRECOGNIZED ->
          new Told(
              at,
              WhyKind.WHY_KIND_UNSPECIFIED,
              "the lease ended in a way this version does not know");
    };
  }

  private static Told unknown(Attempt attempt, long at, String presumed) {
    return new Told(
        at,
        WhyKind.WHY_KIND_UNKNOWN,
        attempt.getWorker()
            + " began to send "
            + Phrase.oneMessage(attempt.getChannel())
            + " at "
            + Phrase.moment(attempt.getBegunAtMillis())
            + " and was never heard of again: "
            + presumed);
  }

  private static Told confirmed(Attempt attempt, long at) {
    return switch (attempt.getReason()) {
      case REASON_SENT -> sent(attempt, at, "");
      case REASON_NOTHING_LEFT ->
          dropped(at, "nothing was left to tell: senders gone or types muted", attempt);
      case REASON_NO_CHANNEL ->
          dropped(
              at, "nothing could be sent: no device and no address, or every channel off", attempt);
      case REASON_SUPPRESSED ->
          dropped(at, tried(attempt, "the address gets no mails any more"), attempt);
      case REASON_DROPPED ->
          dropped(at, "the app's provider failed, and the app is of low importance", attempt);
      case REASON_FAILED ->
          dropped(at, tried(attempt, "it could not be sent") + "; given up", attempt);
      case REASON_ONLINE,
          REASON_PROVIDER_BUSY,
          REASON_WORKER_STOPPED,
          REASON_CHANNEL_BUSY,
          REASON_UNSPECIFIED,
          UNRECOGNIZED ->
          dropped(at, tried(attempt, "nothing was sent") + "; ended", attempt);
    };
  }

  private static Told dropped(long at, String text, Attempt attempt) {
    return new Told(at, WhyKind.WHY_KIND_DROPPED, text + Phrase.aside(attempt.getDetail()));
  }

  private static String tried(Attempt attempt, String otherwise) {
    String tried = DeliveryWords.of(attempt.getDeliveriesList());
    return tried.isEmpty() ? otherwise : tried;
  }

  /// Where nobody accepted it, what is presumed is told as presumed.
  private static Told sent(Attempt attempt, long at, String next) {
    String tried = DeliveryWords.of(attempt.getDeliveriesList());
    // Of a send, the worker says only what the deliveries do not: what it left out.
    String leftOut = attempt.getDetail().isEmpty() ? "" : "; " + attempt.getDetail();
    if (tried.isEmpty()) {
      String sent = Phrase.channel(attempt.getChannel()) + " sent";
      return new Told(at, WhyKind.WHY_KIND_SENT, sent + leftOut + next);
    }
    boolean accepted =
        attempt.getDeliveriesList().stream()
            .anyMatch(delivery -> delivery.getOutcome() == Outcome.OUTCOME_ACCEPTED);
    return accepted
        ? new Told(at, WhyKind.WHY_KIND_SENT, tried + leftOut + next)
        : new Told(at, WhyKind.WHY_KIND_UNKNOWN, tried + leftOut + "; it is not sent again" + next);
  }
}
