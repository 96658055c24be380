package dev.whileaway.aggregator.shard;

import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Profile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The read-only face of a shard's state: all that a decision, or a query of the edge, may see.
public interface ShardView {

  /// The shard's clock: the greatest stamp of any command so far.
  long nowMillis();

  /// What waits for a user; empty: nothing.
  Optional<Backlog> backlog(UserId user);

  /// Whether anything waits for a user: cheaper than [#backlog].
  boolean isPending(UserId user);

  /// Whether a clear may have something to do: something waits, or a push may have to be taken
  /// back.
  boolean mayClear(UserId user, ClearScope scope);

  /// Whether a push waits to be taken back.
  boolean anythingToRetract();

  /// A user's profile.
  ProfileState profile(UserId user);

  /// A user's ledger, oldest first.
  List<dev.whileaway.internal.v1.LedgerEntry> ledger(UserId user);

  /// Whether a [ShardCommand.PullDue] at `nowMillis` would have anything to do: a due backlog, an
  /// expired lease.
  ///
  /// @param channels of the backlogs' next step; empty: any
  boolean anythingDue(long nowMillis, Set<Channel> channels);

  /// The same for backlogs at any step.
  default boolean anythingDue(long nowMillis) {
    return anythingDue(nowMillis, Set.of());
  }

  /// When the earliest backlog wakes; empty: nothing waits.
  OptionalLong nextWakeAtMillis();

  /// Users with pending events.
  long backlogs();

  /// Pending events, kept or only counted.
  long pendingEvents();

  /// What was counted since the store was created.
  Counters counters();

  /// A backlog as it is now.
  record Backlog(
      Phase phase,
      long dueAtMillis,
      Set<Flag> flags,
      long throughSeq,
      List<LeasedBacklog.PendingEvent> events,
      List<LeasedBacklog.TypeTotal> totals,
      Optional<Lease> lease) {}

  /// The claim on a backlog.
  record Lease(long leaseId, String worker, long leasedAtMillis, long expiresAtMillis) {}

  /// Where a backlog is in its life.
  enum Phase {
    /// Gathers until it is due.
    WAITING,
    /// A worker has claimed it.
    LEASED,
    /// A worker has said that it sends.
    SENDING
  }

  /// What is known of a user.
  sealed interface ProfileState {
    record Known(Profile profile) implements ProfileState {}

    record Unknown() implements ProfileState {}

    record Forgotten(long atMillis) implements ProfileState {}
  }
}
