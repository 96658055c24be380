package dev.whileaway.aggregator.shard;

import java.util.List;
import java.util.Set;

/// What a lease covers.
///
/// @param events the kept events up to `throughSeq`, oldest first
/// @param attempts leases of this step of the ladder before this one that ended without a send
/// @param totals exact totals up to `throughSeq`, by ascending type id
public record LeasedBacklog(
    LeaseKey lease,
    long leasedAtMillis,
    long expiresAtMillis,
    long dueAtMillis,
    long throughSeq,
    Set<Flag> flags,
    int attempts,
    List<PendingEvent> events,
    List<TypeTotal> totals) {

  /// An event that waits.
  ///
  /// @param seq its position in the recipient's backlog
  /// @param watched each step of the digests that tell it is noted
  public record PendingEvent(
      long seq, int type, String sender, String data, long atMillis, boolean watched) {

    /// An event that nobody watches, as nearly all are.
    public PendingEvent(long seq, int type, String sender, String data, long atMillis) {
      this(seq, type, sender, data, atMillis, false);
    }
  }

  /// How many events of a type, and of how many senders.
  public record TypeTotal(int type, long events, int distinctSenders) {}
}
