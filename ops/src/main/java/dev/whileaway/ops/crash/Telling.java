package dev.whileaway.ops.crash;

import dev.whileaway.internal.v1.Attempt;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Outcome;
import dev.whileaway.v1.Reason;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A send, as the ledger tells it.
///
/// @param certain the other side took it; otherwise that is unknown
/// @param events the ids of what it told, but for what was cleared meanwhile
record Telling(Channel channel, boolean certain, Set<String> events, long begunAtMillis) {

  /// Empty: nothing can have been sent.
  static Optional<Telling> of(Attempt attempt) {
    return switch (attempt.getEnding()) {
      case ENDING_UNKNOWN_CONFIRMED, ENDING_UNKNOWN_CANCELLED, ENDING_UNKNOWN_RESEND ->
          Optional.of(of(attempt, false));
      case ENDING_CONFIRMED, ENDING_CANCELLED -> answered(attempt);
      case ENDING_EXPIRED_UNSENT, ENDING_EMPTIED, ENDING_UNSPECIFIED, UNRECOGNIZED ->
          Optional.empty();
    };
  }

  private static Optional<Telling> answered(Attempt attempt) {
    Set<Outcome> outcomes =
        attempt.getDeliveriesList().stream()
            .map(delivery -> delivery.getOutcome())
            .collect(Collectors.toSet());
    if (outcomes.contains(Outcome.OUTCOME_ACCEPTED)) {
      return Optional.of(of(attempt, true));
    }
    if (outcomes.contains(Outcome.OUTCOME_UNKNOWN)) {
      return Optional.of(of(attempt, false));
    }
    return outcomes.isEmpty() && attempt.getReason() == Reason.REASON_SENT
        ? Optional.of(of(attempt, true))
        : Optional.empty();
  }

  private static Telling of(Attempt attempt, boolean certain) {
    return new Telling(attempt.getChannel(), certain, events(attempt), attempt.getBegunAtMillis());
  }

  /// The ids of the events that an attempt names.
  static Set<String> events(Attempt attempt) {
    return attempt.getEventsList().stream()
        .map(note -> EventName.ofSender(note.getSender()).id())
        .collect(Collectors.toSet());
  }
}
