package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.ShardCommand.PullDue;
import dev.whileaway.aggregator.shard.ShardReply.Pulled;
import dev.whileaway.aggregator.shard.UserRecord.Parting;
import dev.whileaway.internal.v1.Departure;
import java.util.ArrayList;
import java.util.List;

/// Decides which due backlogs a worker gets: those due first, at most `limit`, and fewer when their
/// events are large. Events that became too old are dropped on the way; a backlog that is left with
/// none ends and is not handed out.
final class PullDecider {

  /// Backlogs of which nothing is left to hand out are bounded by this a command.
  static final int EXPIRED_BACKLOGS_MAX = 1000;

  /// Characters of data in one answer; the backlog that passes it is the answer's last. A batch of
  /// full backlogs must not be a message that no worker takes: they would be leased again and
  /// again.
  static final int DATA_MAX = 8 << 20;

  private PullDecider() {}

  static Decision decide(StateView view, PullDue command) {
    var draft = new Decision.Draft();
    var leased = new ArrayList<LeasedBacklog>();
    var due = view.due(command.channels());
    var nextLeaseEnd = view.leaseEnds().nextAtMillis();
    int expired = 0;
    long data = 0;
    while (leased.size() < command.limit() && data < DATA_MAX && expired < EXPIRED_BACKLOGS_MAX) {
      UserRecord backlog = due.next();
      if (backlog == null) {
        break;
      }
      UserRecord fresh = dropExpired(draft, backlog, view.nowMillis());
      if (fresh.isPending()) {
        leased.add(lease(draft, fresh, view, command, leased.size()));
        data += dataOf(leased.getLast());
      } else {
        expired++;
        draft.replace(fresh);
      }
    }
    draft.count(Counter.LEASED, leased.size());
    List<Retraction> retractions =
        command.retractions() ? RetractDecider.take(draft, view, command.worker()) : List.of();
    return draft.reply(
        new Pulled(
            List.copyOf(leased), Readings.earlier(due.nextAtMillis(), nextLeaseEnd), retractions));
  }

  private static LeasedBacklog lease(
      Decision.Draft draft, UserRecord backlog, StateView view, PullDue command, int before) {
    long leaseId = view.lastLeaseId() + before + 1;
    var claim =
        Claim.granted(
            leaseId,
            command.worker(),
            view.nowMillis(),
            command.leaseTtlMillis(),
            backlog.lastSeq());
    UserRecord after = backlog.claimed(claim);
    draft.add(new Change.BacklogLeased(after, leaseId));
    return Readings.leased(after, claim);
  }

  private static long dataOf(LeasedBacklog backlog) {
    return backlog.events().stream().mapToLong(event -> event.data().length()).sum();
  }

  private static UserRecord dropExpired(Decision.Draft draft, UserRecord backlog, long nowMillis) {
    Parting parting =
        backlog.part(
            event -> event.expiresAtMillis() <= nowMillis,
            tally -> tally.expiresAtMillis() <= nowMillis,
            nowMillis);
    if (parting.isEmpty()) {
      return backlog;
    }
    Parting gone = parting.rest().isPending() ? parting : backlog.partCovered(nowMillis);
    draft
        .count(Counter.EXPIRED, gone.size())
        .count(Counter.EVENT_ID_FORGOTTEN, gone.idsForgotten())
        .note(backlog.user(), Notes.departure(Departure.Cause.CAUSE_EXPIRED, gone), nowMillis);
    return gone.rest();
  }
}
