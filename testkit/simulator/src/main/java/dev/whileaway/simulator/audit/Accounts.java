package dev.whileaway.simulator.audit;

import dev.whileaway.aggregator.shard.Counter;
import dev.whileaway.aggregator.shard.Counters;
import dev.whileaway.aggregator.shard.LeasedBacklog.PendingEvent;
import dev.whileaway.aggregator.shard.ShardView;
import dev.whileaway.internal.v1.Attempt;
import dev.whileaway.internal.v1.Departure;
import dev.whileaway.internal.v1.EventNote;
import dev.whileaway.internal.v1.LedgerEntry;
import dev.whileaway.simulator.audit.EventTrace.Where;
import dev.whileaway.v1.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every event is in exactly one place. Where it is, is read from backlogs; why one left, from the
/// ledger, which must name it once, and truly.
final class Accounts {

  private final History history;

  Accounts(History history) {
    this.history = history;
  }

  /// Why an event left its backlog, by the ledger.
  private record Leaving(Where to, EventNote note, LedgerEntry entry) {}

  /// A shard took an event.
  void arrived(EventTrace event) {
    if (event.where != Where.NOWHERE && event.where != Where.FORGOTTEN) {
      history.violated("expected a shard to take " + event + " once, but it took it again");
    }
    event.arrived(history.step());
  }

  /// An account was deleted, and with it all that was known of its events.
  void forgotten(UserTrace user) {
    for (EventTrace event : user.events) {
      if (event.where != Where.NOWHERE) {
        event.where = Where.FORGOTTEN;
      }
    }
  }

  /// Looks where the events of one user are now.
  ///
  /// @param gaveWay whether a backlog of this shard was too full just now
  void look(UserTrace user, ShardView view, boolean gaveWay) {
    Map<String, Long> waiting = new HashMap<>();
    for (PendingEvent event :
        view.backlog(user.id).map(ShardView.Backlog::events).orElse(List.of())) {
      if (waiting.put(event.data(), event.seq()) != null) {
        history.violated("expected event " + event.data() + " once, but it waits twice");
      }
      waits(history.event(event.data()), event.seq());
    }
    for (EventTrace event : user.events) {
      if (event.where == Where.PENDING && !waiting.containsKey(event.order.token())) {
        left(event, user, view, gaveWay);
      }
    }
  }

  private void waits(EventTrace event, long seq) {
    switch (event.where) {
      case PENDING -> {
        if (event.seq == 0) {
          event.seq = seq;
        } else if (event.seq != seq) {
          history.violated("expected " + event + " to keep its seq, but it has " + seq);
        }
      }
      case NOWHERE, TOLD, UNKNOWN, CLEARED, EXPIRED, DROPPED, COUNTED, FORGOTTEN ->
          history.violated("expected " + event + " to stay where it is, but it waits");
    }
  }

  private void left(EventTrace event, UserTrace user, ShardView view, boolean gaveWay) {
    List<Leaving> leavings = leavings(event, view.ledger(user.id));
    if (leavings.size() > 1) {
      history.violated("expected " + event + " to leave once, but the ledger has " + leavings);
    } else if (leavings.size() == 1) {
      event.where = leavings.getFirst().to();
      if (!isTrue(leavings.getFirst(), event, user)) {
        history.violated(
            "expected the ledger to be true, but of %s it has %s"
                .formatted(event, leavings.getFirst().entry()));
      }
    } else if (gaveWay) {
      event.where = Where.COUNTED;
    } else {
      history.violated("expected the ledger to say why " + event + " left, but found nothing");
    }
  }

  /// The ledger's words against what was asked and sent.
  private boolean isTrue(Leaving leaving, EventTrace event, UserTrace user) {
    return switch (leaving.to()) {
      case TOLD ->
          event.mailedUnder.contains(leaving.entry().getAttempt().getLeaseId())
              || mayBeLeftOut(event, user);
      case UNKNOWN -> {
        LeaseTrace lease = user.leases.get(leaving.entry().getAttempt().getLeaseId());
        yield lease != null && lease.isGo();
      }
      case CLEARED -> user.clears.stream().anyMatch(scope -> Scopes.covers(scope, event));
      case EXPIRED ->
          leaving.entry().getAtMillis() - leaving.note().getAtMillis()
              >= event.order.expiresAfterMillis();
      case DROPPED, COUNTED -> true;
      case NOWHERE, PENDING, FORGOTTEN -> false;
    };
  }

  private boolean mayBeLeftOut(EventTrace event, UserTrace user) {
    return user.typesEverMuted.contains(event.order.type())
        || history.user(Scopes.sender(event)).everForgotten;
  }

  private static List<Leaving> leavings(EventTrace event, List<LedgerEntry> ledger) {
    return ledger.stream()
        .<Leaving>mapMulti((entry, found) -> {
          Optional<Where> to = leftTo(entry);
          for (EventNote note : to.isPresent() ? notes(entry) : List.<EventNote>of()) {
            if (note.getSeq() == event.seq) {
              found.accept(new Leaving(to.get(), note, entry));
            }
          }
        })
        .toList();
  }

  /// Where the events went that an entry names; empty: they stayed.
  private static Optional<Where> leftTo(LedgerEntry entry) {
    if (entry.hasDeparture()) {
      return switch (entry.getDeparture().getCause()) {
        case CAUSE_CLEARED -> Optional.of(Where.CLEARED);
        case CAUSE_EXPIRED -> Optional.of(Where.EXPIRED);
        case CAUSE_GAVE_WAY -> Optional.of(Where.COUNTED);
        case CAUSE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
      };
    }
    return entry.hasAttempt() ? leftTo(entry.getAttempt()) : Optional.empty();
  }

  private static Optional<Where> leftTo(Attempt attempt) {
    return switch (attempt.getEnding()) {
      case ENDING_CONFIRMED ->
          Optional.of(attempt.getReason() == Reason.REASON_SENT ? Where.TOLD : Where.DROPPED);
      case ENDING_UNKNOWN_CONFIRMED -> Optional.of(Where.UNKNOWN);
      case ENDING_CANCELLED,
          ENDING_EXPIRED_UNSENT,
          ENDING_UNKNOWN_CANCELLED,
          ENDING_UNKNOWN_RESEND,
          ENDING_EMPTIED,
          ENDING_UNSPECIFIED,
          UNRECOGNIZED ->
          Optional.empty();
    };
  }

  private static List<EventNote> notes(LedgerEntry entry) {
    Departure departure = entry.getDeparture();
    return entry.hasDeparture() ? departure.getEventsList() : entry.getAttempt().getEventsList();
  }

  /// The shard's own account of numbers.
  void count(ShardView view) {
    Counters counters = view.counters();
    long left =
        counters.of(Counter.TOLD)
            + counters.of(Counter.CLEARED)
            + counters.of(Counter.EXPIRED)
            + counters.of(Counter.DROPPED)
            + counters.of(Counter.FORGOTTEN);
    if (left + view.pendingEvents() != counters.of(Counter.REPORTED)) {
      history.violated(
          "expected %d reported events to be pending or to have left, but found %d pending and %d left"
              .formatted(counters.of(Counter.REPORTED), view.pendingEvents(), left));
    }
  }
}
