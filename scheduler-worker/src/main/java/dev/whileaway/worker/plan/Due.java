package dev.whileaway.worker.plan;

import java.time.Instant;
import java.util.List;

/// A due backlog under a lease, as a value.
///
/// @param throughSeq what the lease covers ends here
/// @param pushSent the ladder's first step is behind it
/// @param attempts leases of this step before this one that ended without a send
/// @param events the kept events, oldest first
/// @param totals exact totals by type; they may count more events than are kept
public record Due(
    Lease lease,
    Instant dueAt,
    long throughSeq,
    boolean pushSent,
    int attempts,
    List<PendingEvent> events,
    List<TypeTotal> totals) {

  public Due {
    events = List.copyOf(events);
    totals = List.copyOf(totals);
  }

  public String user() {
    return lease.user();
  }

  /// An event that waits.
  ///
  /// @param type its name in the catalogue
  /// @param sender empty: the product itself
  /// @param watched each step of what tells it is noted
  public record PendingEvent(
      long seq, String type, String sender, String data, Instant at, boolean watched) {

    /// An event that nobody watches, as nearly all are.
    public PendingEvent(long seq, String type, String sender, String data, Instant at) {
      this(seq, type, sender, data, at, false);
    }
  }

  /// How many events of a type, and of how many senders.
  public record TypeTotal(String type, long events, int distinctSenders) {}
}
