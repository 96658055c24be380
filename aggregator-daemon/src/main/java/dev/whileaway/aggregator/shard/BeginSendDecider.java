package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.ShardCommand.BeginSend;
import dev.whileaway.aggregator.shard.ShardReply.Go;
import dev.whileaway.aggregator.shard.ShardReply.LeaseLost;
import dev.whileaway.aggregator.shard.ShardReply.Stale;
import dev.whileaway.internal.v1.Attempt;
import java.util.List;
import java.util.Set;

/// Decides whether a worker may send. After GO, silence means the presumed answer; asked again in
/// the same words, it is GO again.
final class BeginSendDecider {

  private BeginSendDecider() {}

  static Decision decide(StateView view, BeginSend command) {
    UserRecord backlog = Leases.held(view, command.lease());
    Claim claim = backlog == null ? null : backlog.claim();
    if (backlog == null || claim == null) {
      return Decision.answer(notHeld(view, command.lease()));
    }
    if (claim.sending() != null) {
      return Decision.answer(again(claim.sending(), command));
    }
    if (claim.stale()) {
      long newLeaseId = view.lastLeaseId() + 1;
      Claim refreshed = claim.refreshed(newLeaseId, view.nowMillis());
      UserRecord after = backlog.claimed(refreshed);
      return new Decision.Draft()
          .add(new Change.BacklogLeased(after, newLeaseId))
          .reply(new Stale(Readings.leased(after, refreshed)));
    }
    return new Decision.Draft()
        .replace(backlog.claimed(claim.begun(command.intent(), view.nowMillis())))
        .reply(new Go());
  }

  private static ShardReply again(Claim.Sending sending, BeginSend command) {
    if (sending.intent().equals(command.intent())) {
      return new Go();
    }
    return new LeaseLost(
        "expected lease %d of user %s to begin its sends, but it began others by %s"
            .formatted(
                command.lease().leaseId(), command.lease().user(), sending.intent().channel()));
  }

  private static ShardReply notHeld(StateView view, LeaseKey lease) {
    UserRecord backlog = view.find(lease.user());
    Claim claim = backlog == null ? null : backlog.claim();
    if (backlog != null && claim != null && wasToldStale(claim, lease, view.nowMillis())) {
      return new Stale(Readings.leased(backlog, claim));
    }
    return view.ended(lease)
        .filter(attempt -> attempt.getEnding() == Attempt.Ending.ENDING_EMPTIED)
        .<ShardReply>map(attempt -> new Stale(nothingLeft(lease, attempt)))
        .orElseGet(() -> Leases.lost(view, lease));
  }

  /// Whether the worker's STALE got lost: it asks under the old id, and has not gone on since.
  private static boolean wasToldStale(Claim claim, LeaseKey lease, long nowMillis) {
    return claim.supersededId() == lease.leaseId()
        && claim.sending() == null
        && !claim.isExpired(nowMillis);
  }

  /// The lease is over; it is told so from the ledger, and so in the same words each time.
  private static LeasedBacklog nothingLeft(LeaseKey lease, Attempt attempt) {
    return new LeasedBacklog(
        lease,
        attempt.getLeasedAtMillis(),
        attempt.getLeasedAtMillis(),
        attempt.getDueAtMillis(),
        0,
        Set.of(),
        0,
        List.of(),
        List.of());
  }
}
