package dev.whileaway.aggregator.edge.story;

import dev.whileaway.aggregator.shard.Flag;
import dev.whileaway.internal.v1.Attempt;
import dev.whileaway.v1.WhyKind;
import java.util.List;

/// One lease, told: who took it, and what came of it.
final class AttemptWords {

  private AttemptWords() {}

  static List<Told> of(Attempt attempt, long endedAtMillis) {
    return List.of(leased(attempt), ended(attempt, endedAtMillis));
  }

  private static Told leased(Attempt attempt) {
    return new Told(
        attempt.getLeasedAtMillis(),
        WhyKind.WHY_KIND_LEASED,
        "leased by " + attempt.getWorker() + ", due at " + Phrase.moment(attempt.getDueAtMillis()));
  }

  private static Told ended(Attempt attempt, long at) {
    return switch (attempt.getEnding()) {
      case ENDING_CONFIRMED -> confirmed(attempt, at);
      case ENDING_CANCELLED -> cancelled(attempt, at);
      case ENDING_EXPIRED_UNSENT ->
          new Told(
              at,
              WhyKind.WHY_KIND_DEFERRED,
              attempt.getWorker()
                  + " did not answer in time; it had not begun to send, so nothing was sent and"
                  + " the backlog is due again");
      case ENDING_UNKNOWN_CONFIRMED -> unknown(attempt, at, "presumed sent; it is not sent again");
      case ENDING_UNKNOWN_CANCELLED ->
          unknown(
              attempt,
              at,
              "presumed sent; it is not sent again, and the next step" + again(attempt));
      case ENDING_UNKNOWN_RESEND ->
          unknown(attempt, at, "by policy it is sent again, perhaps for a second time");
      case ENDING_EMPTIED ->
          new Told(
              at,
              WhyKind.WHY_KIND_CLEARED,
              "the user saw everything before it was sent: nothing was sent");
      case ENDING_UNSPECIFIED, UNRECOGNIZED ->
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
      case REASON_SENT -> new Told(at, WhyKind.WHY_KIND_SENT, sent(attempt));
      case REASON_NOTHING_LEFT ->
          dropped(at, "nothing was left to tell: senders gone or types muted", attempt);
      case REASON_NO_CHANNEL ->
          dropped(
              at, "nothing could be sent: no device and no address, or every channel off", attempt);
      case REASON_FAILED ->
          dropped(at, prefixed(attempt, "given up: it could not be sent"), attempt);
      case REASON_ONLINE,
          REASON_PROVIDER_BUSY,
          REASON_WORKER_STOPPED,
          REASON_UNSPECIFIED,
          UNRECOGNIZED ->
          dropped(at, prefixed(attempt, "ended without a send"), attempt);
    };
  }

  private static Told dropped(long at, String text, Attempt attempt) {
    return new Told(at, WhyKind.WHY_KIND_DROPPED, text + Phrase.aside(attempt.getDetail()));
  }

  private static Told cancelled(Attempt attempt, long at) {
    String again = again(attempt) + Phrase.aside(attempt.getDetail());
    return switch (attempt.getReason()) {
      case REASON_SENT ->
          new Told(at, WhyKind.WHY_KIND_SENT, sent(attempt) + "; the next step" + again(attempt));
      case REASON_ONLINE ->
          new Told(at, WhyKind.WHY_KIND_DEFERRED, "put off, the user was online:" + again);
      case REASON_PROVIDER_BUSY ->
          deferred(attempt, at, "put off, the provider asked to come later:" + again);
      case REASON_FAILED -> deferred(attempt, at, "the send failed:" + again);
      case REASON_WORKER_STOPPED ->
          deferred(attempt, at, attempt.getWorker() + " gave it back unsent:" + again);
      case REASON_NOTHING_LEFT, REASON_NO_CHANNEL, REASON_UNSPECIFIED, UNRECOGNIZED ->
          deferred(attempt, at, "put off:" + again);
    };
  }

  private static Told deferred(Attempt attempt, long at, String text) {
    return new Told(at, WhyKind.WHY_KIND_DEFERRED, prefixed(attempt, text));
  }

  /// What was tried, before what came of it.
  private static String prefixed(Attempt attempt, String text) {
    String tried = DeliveryWords.of(attempt.getDeliveriesList());
    return tried.isEmpty() ? text : tried + "; " + text;
  }

  private static String sent(Attempt attempt) {
    String words = DeliveryWords.of(attempt.getDeliveriesList());
    return words.isEmpty() ? Phrase.channel(attempt.getChannel()) + " sent" : words;
  }

  /// The ledger keeps flags as bits in their order.
  @SuppressWarnings("EnumOrdinal")
  private static String again(Attempt attempt) {
    boolean pushSent = (attempt.getFlags() & (1 << Flag.PUSH_SENT.ordinal())) != 0;
    String step = pushSent ? ", the e-mail," : "";
    return step + " is due at " + Phrase.moment(attempt.getDueAgainAtMillis());
  }
}
