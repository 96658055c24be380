package dev.whileaway.simulator.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One event, as the outside sees it: where it is, and what was said and sent of it.
final class EventTrace {

  static final long NEVER = Long.MAX_VALUE;

  /// Where an event is. It moves from top to bottom, once.
  enum Where {
    /// Reported, and not in the log as far as was seen.
    NOWHERE,
    PENDING,
    /// Confirmed after a send.
    TOLD,
    /// Confirmed for a worker that was never heard of again.
    UNKNOWN,
    CLEARED,
    EXPIRED,
    /// Confirmed without a send, for a reason.
    DROPPED,
    /// Kept no more, only counted: its backlog was full.
    COUNTED,
    /// Gone with its account.
    FORGOTTEN
  }

  /// An accepted send.
  record Accepted(String target, LeaseTrace lease) {}

  final EventOrder order;
  Where where = Where.NOWHERE;

  /// 0: not seen yet.
  long seq;

  /// When it came to wait.
  long sinceStep = NEVER;

  /// When somebody was told that it is cleared, or its account deleted.
  long withdrawnStep = NEVER;

  final List<Accepted> accepted = new ArrayList<>();

  /// Leases under which it was handed to the mail provider, whatever came of it.
  final Set<Long> mailedUnder = new HashSet<>();

  EventTrace(EventOrder order) {
    this.order = order;
  }

  /// A shard took it; also anew, where a report comes again after its recipient's account was
  /// deleted and everything about it forgotten.
  void arrived(long step) {
    where = Where.PENDING;
    seq = 0;
    sinceStep = step;
    withdrawnStep = NEVER;
    accepted.clear();
    mailedUnder.clear();
  }

  @Override
  public String toString() {
    return order.token() + " of " + order.recipient() + " (seq " + seq + ", " + where + ")";
  }
}
