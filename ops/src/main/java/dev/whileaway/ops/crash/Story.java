package dev.whileaway.ops.crash;

import dev.whileaway.internal.v1.Attempt;
import dev.whileaway.internal.v1.Departure;
import dev.whileaway.internal.v1.EventNote;
import dev.whileaway.internal.v1.LedgerEntry;
import dev.whileaway.v1.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the store says became of one user's events.
///
/// @param ends how the wait of each event ended, by its id; of a sound store each has one
/// @param tellings what was sent, or may have been, in order of time
record Story(Map<String, List<End>> ends, List<Telling> tellings) {

  /// How an event's wait ended, and when.
  record End(Fate fate, long atMillis) {}

  /// The ends there are.
  enum Fate {
    PENDING,
    TOLD,
    /// Presumed told.
    UNKNOWN,
    CLEARED,
    EXPIRED,
    DROPPED
  }

  static Story of(Ledgers.Account account) {
    var story = new Story(new HashMap<>(), new ArrayList<>());
    account.ledger().forEach(story::add);
    account.pending().forEach(event -> story.end(event.sender(), new End(Fate.PENDING, 0)));
    return story;
  }

  List<End> endsOf(String event) {
    return ends.getOrDefault(event, List.of());
  }

  List<Telling> tellings(Channel channel) {
    return tellings.stream().filter(telling -> telling.channel() == channel).toList();
  }

  private void add(LedgerEntry entry) {
    switch (entry.getWhatCase()) {
      case ATTEMPT -> add(entry.getAttempt(), entry.getAtMillis());
      case DEPARTURE -> add(entry.getDeparture(), entry.getAtMillis());
      // Of these nothing is known of single events, and the suite makes none.
      case PROFILE, FORGOTTEN, WHAT_NOT_SET -> {}
    }
  }

  private void add(Attempt attempt, long at) {
    var telling = Telling.of(attempt);
    telling.ifPresent(tellings::add);
    Fate told = telling.map(send -> send.certain() ? Fate.TOLD : Fate.UNKNOWN).orElse(Fate.DROPPED);
    switch (attempt.getEnding()) {
      case ENDING_CONFIRMED, ENDING_UNKNOWN_CONFIRMED ->
          end(attempt.getEventsList(), new End(told, at));
      // The events wait on, or their departure is an entry of its own.
      case ENDING_CANCELLED,
          ENDING_EXPIRED_UNSENT,
          ENDING_UNKNOWN_CANCELLED,
          ENDING_UNKNOWN_RESEND,
          ENDING_EMPTIED,
          ENDING_UNSPECIFIED,
          UNRECOGNIZED -> {}
    }
  }

  private void add(Departure departure, long at) {
    Fate fate =
        switch (departure.getCause()) {
          case CAUSE_CLEARED -> Fate.CLEARED;
          case CAUSE_EXPIRED -> Fate.EXPIRED;
          case CAUSE_GAVE_WAY, CAUSE_UNSPECIFIED, UNRECOGNIZED -> Fate.DROPPED;
        };
    end(departure.getEventsList(), new End(fate, at));
  }

  private void end(List<EventNote> events, End end) {
    events.forEach(event -> end(event.getSender(), end));
  }

  private void end(String sender, End end) {
    ends.computeIfAbsent(EventName.ofSender(sender).id(), _ -> new ArrayList<>()).add(end);
  }
}
