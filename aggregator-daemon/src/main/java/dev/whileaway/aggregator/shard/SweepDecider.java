package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.SendIntent.Presumed;
import dev.whileaway.aggregator.shard.ShardReply.Settled;
import dev.whileaway.internal.v1.Attempt.Ending;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides what time alone has done: which leases ran out, which remnants have nothing left to
/// remember, and which pushes nobody took back in time. Part of every pull, and of nothing else;
/// bounded, since the next pull goes on.
final class SweepDecider {

  static final int RECORDS_MAX = 1000;

  private SweepDecider() {}

  static Decision decide(StateView view) {
    var draft = new Decision.Draft();
    var leaseEnds = view.leaseEnds();
    var remnants = view.remnants();
    var retractions = view.retractions();
    for (int swept = 0; swept < RECORDS_MAX; swept++) {
      UserRecord leased = leaseEnds.next();
      if (leased != null) {
        expire(draft, leased, view.nowMillis());
        continue;
      }
      UserRecord remnant = remnants.next();
      if (remnant != null) {
        draft.replace(UserRecord.empty(remnant.user(), remnant.lastSeq()));
        continue;
      }
      UserRecord seen = retractions.next();
      if (seen == null || !isPast(seen.told(), view.nowMillis())) {
        break;
      }
      draft.replace(seen.told(null));
    }
    return draft.reply(new Settled());
  }

  private static boolean isPast(@Nullable Told told, long nowMillis) {
    return told != null && told.endsAtMillis() <= nowMillis;
  }

  private static void expire(Decision.Draft draft, UserRecord backlog, long nowMillis) {
    Claim claim = backlog.claim();
    if (claim == null) {
      throw new IllegalStateException("expected a lease of " + backlog.user() + ", but found none");
    }
    if (claim.sending() == null) {
      draft.count(Counter.EXPIRED_UNSENT, 1);
      tryAgain(draft, backlog, claim, Ending.ENDING_EXPIRED_UNSENT, nowMillis);
      return;
    }
    draft.count(Counter.EXPIRED_UNKNOWN, 1);
    switch (claim.sending().intent().presumed()) {
      case Presumed.Confirm() ->
          Settlement.takeOut(
              draft,
              backlog,
              Notes.attempt(backlog, claim, Ending.ENDING_UNKNOWN_CONFIRMED),
              Counter.TOLD,
              nowMillis);
      case Presumed.Cancel(long timeoutMillis, Set<Flag> flags) ->
          Settlement.putOff(
              draft,
              backlog,
              Notes.attempt(backlog, claim, Ending.ENDING_UNKNOWN_CANCELLED),
              backlog.schedule().dueAgain(KeptEvent.plus(nowMillis, timeoutMillis), flags, false),
              nowMillis);
      case Presumed.Nothing() ->
          tryAgain(draft, backlog, claim, Ending.ENDING_UNKNOWN_RESEND, nowMillis);
    }
  }

  /// Due again now, which is behind all that has been due for longer: a backlog whose workers die
  /// must not keep the others waiting.
  private static void tryAgain(
      Decision.Draft draft, UserRecord backlog, Claim claim, Ending ending, long nowMillis) {
    Settlement.putOff(
        draft,
        backlog,
        Notes.attempt(backlog, claim, ending),
        backlog.schedule().triedAgain(nowMillis),
        nowMillis);
  }
}
