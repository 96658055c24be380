package dev.whileaway.aggregator.edge.story;

import dev.whileaway.aggregator.shard.Flag;
import dev.whileaway.internal.v1.Attempt;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Reason;
import dev.whileaway.v1.WhyKind;
import java.util.Optional;

/// Leases that ended with nothing told and the backlog due again: why, and when the next look is.
final class DeferralWords {

  private DeferralWords() {}

  /// @param reason its attempt's, which is enough to know a repetition by
  /// @param opening "put off", or empty where the cause says so itself
  /// @param cause a clause without an end
  /// @param aside what the worker said besides
  /// @param next a clause that says when it goes on
  record Deferral(
      Reason reason, long atMillis, String opening, String cause, String aside, String next) {

    Told told() {
      String start = opening.isEmpty() ? cause : opening + ", " + cause;
      return new Told(atMillis, WhyKind.WHY_KIND_DEFERRED, start + aside + "; " + next);
    }

    /// Whether a reader would learn nothing from being told both.
    boolean repeats(Deferral earlier) {
      return reason == earlier.reason && cause.equals(earlier.cause);
    }

    /// A run of the same, told at the moment of its first; this is its last.
    Told endsRun(int times, long firstAtMillis) {
      String text =
          "put off %d times, %s, last at %s; %s"
              .formatted(times, cause, Phrase.moment(atMillis), next);
      return new Told(firstAtMillis, WhyKind.WHY_KIND_DEFERRED, text);
    }
  }

  /// Empty: the attempt ended otherwise.
  static Optional<Deferral> of(Attempt attempt, long at) {
    return switch (attempt.getEnding()) {
      case ENDING_CANCELLED -> cancelled(attempt, at);
      case ENDING_EXPIRED_UNSENT ->
          Optional.of(
              new Deferral(
                  Reason.REASON_UNSPECIFIED,
                  at,
                  "",
                  attempt.getWorker()
                      + " did not answer in time; it had not begun to send, so nothing was sent",
                  "",
                  "the backlog is due again"));
      case ENDING_CONFIRMED,
          ENDING_UNKNOWN_CONFIRMED,
          ENDING_UNKNOWN_CANCELLED,
          ENDING_UNKNOWN_RESEND,
          ENDING_EMPTIED,
          ENDING_UNSPECIFIED,
          UNRECOGNIZED ->
          Optional.empty();
    };
  }

  private static Optional<Deferral> cancelled(Attempt attempt, long at) {
    return switch (attempt.getReason()) {
      case REASON_SENT -> Optional.empty();
      case REASON_ONLINE ->
          Optional.of(deferral(attempt, at, "put off", "the user was online", nextLook(attempt)));
      case REASON_PROVIDER_BUSY ->
          Optional.of(tried(attempt, at, "put off", "the provider asked to come later"));
      case REASON_FAILED -> Optional.of(tried(attempt, at, "", "nothing could be sent"));
      case REASON_CHANNEL_BUSY ->
          Optional.of(
              deferral(
                  attempt, at, "put off", "the way to the provider was full", nextLook(attempt)));
      case REASON_WORKER_STOPPED ->
          Optional.of(
              deferral(attempt, at, "", attempt.getWorker() + " gave it back", nextLook(attempt)));
      case REASON_NOTHING_LEFT ->
          Optional.of(
              deferral(attempt, at, "put off", "nothing was left to tell", nextLook(attempt)));
      case REASON_NO_CHANNEL, REASON_SUPPRESSED, REASON_DROPPED ->
          Optional.of(deferral(attempt, at, "put off", "nothing could be sent", nextLook(attempt)));
      case REASON_UNSPECIFIED, UNRECOGNIZED ->
          Optional.of(
              deferral(
                  attempt, at, "put off", "why, this version does not know", nextLook(attempt)));
    };
  }

  /// What was tried says more than the reason. The worker's detail only repeats it then.
  private static Deferral tried(Attempt attempt, long at, String opening, String otherwise) {
    String tried = DeliveryWords.of(attempt.getDeliveriesList());
    String next = emailFollows(attempt) ? email(attempt) : "tried again at " + again(attempt);
    return tried.isEmpty()
        ? deferral(attempt, at, opening, otherwise, next)
        : new Deferral(attempt.getReason(), at, "", tried, "", next);
  }

  private static Deferral deferral(
      Attempt attempt, long at, String opening, String cause, String next) {
    String tried = DeliveryWords.of(attempt.getDeliveriesList());
    return tried.isEmpty()
        ? new Deferral(
            attempt.getReason(), at, opening, cause, Phrase.aside(attempt.getDetail()), next)
        : new Deferral(
            attempt.getReason(),
            at,
            "",
            tried + "; " + cause,
            Phrase.aside(attempt.getDetail()),
            next);
  }

  /// A push that no device can take gives way to the e-mail. The flag alone does not say so: it
  /// stays while the e-mail itself is tried.
  private static boolean emailFollows(Attempt attempt) {
    return attempt.getReason() == Reason.REASON_FAILED
        && pushSent(attempt)
        && attempt.getDeliveriesCount() > 0
        && attempt.getDeliveriesList().stream()
            .allMatch(delivery -> delivery.getChannel() == Channel.CHANNEL_PUSH);
  }

  /// What comes after a send, or after one that is presumed.
  static String nextStep(Attempt attempt) {
    return pushSent(attempt) ? email(attempt) : nextLook(attempt);
  }

  private static String email(Attempt attempt) {
    return "the e-mail follows at " + again(attempt);
  }

  private static String nextLook(Attempt attempt) {
    return "the next look is at " + again(attempt);
  }

  private static String again(Attempt attempt) {
    return Phrase.moment(attempt.getDueAgainAtMillis());
  }

  /// The ledger keeps flags as bits in their order.
  @SuppressWarnings("EnumOrdinal")
  private static boolean pushSent(Attempt attempt) {
    return (attempt.getFlags() & (1 << Flag.PUSH_SENT.ordinal())) != 0;
  }
}
