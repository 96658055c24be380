package dev.whileaway.aggregator.shard;

import java.util.List;
import java.util.OptionalLong;

/// The answer to one [ShardCommand]. A refusal is a value; an exception would mean a bug.
public sealed interface ShardReply {

  /// Answer to [ShardCommand.ReportEvents]: positions of the events that were known already.
  record Reported(int accepted, List<Integer> duplicates) implements ShardReply {}

  /// Answer to [ShardCommand.ClearEvents] and [ShardCommand.ForgetUser]: events removed.
  record Cleared(int events) implements ShardReply {}

  /// Answer to the profile commands: whether there was something to change.
  record ProfileChanged(boolean changed) implements ShardReply {}

  /// Answer to [ShardCommand.PullDue]. `nextDueAtMillis` is when the next backlog that was not
  /// leased by this command wakes; empty: nothing waits. Retractions are no leases: they are
  /// forgotten.
  record Pulled(List<LeasedBacklog> due, OptionalLong nextDueAtMillis, List<Retraction> retractions)
      implements ShardReply {}

  /// Answer to [ShardCommand.BeginSend]: send now.
  record Go() implements ShardReply {}

  /// Answer to [ShardCommand.BeginSend]: something leased was cleared meanwhile, or the profile
  /// changed; this is left, under a new lease id. With no events left the lease is over and the
  /// backlog has ended.
  record Stale(LeasedBacklog left) implements ShardReply {}

  /// The lease is answered, or its steps are noted. A repeated answer is answered so again.
  record Settled() implements ShardReply {}

  /// The lease is not the backlog's any more.
  record LeaseLost(String reason) implements ShardReply {}
}
