package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.ShardCommand.ClearEvents;
import dev.whileaway.aggregator.shard.ShardReply.Cleared;
import dev.whileaway.aggregator.shard.UserRecord.Parting;
import dev.whileaway.internal.v1.Attempt;
import dev.whileaway.internal.v1.Departure;
import java.util.Objects;

/// Decides what a page view takes out of a backlog, and what that means for a lease on it.
///
/// Events that gave way are cleared with their type, if the scope reaches past the newest of them
/// and asks for no sender. What a lease covers, and what came after it, ends when a clear leaves it
/// without kept events: what was only counted of it is cleared with them. A lease that had not
/// begun to send is marked stale, or ends if nothing is left of what it covered; one that sends
/// goes on to its answer. It is stale too where the scope may reach what gave way and was not
/// cleared: the worker knows these events by name, and tells only their number when it asks anew.
///
/// A clear that leaves nothing to wait, and shows what a delivered push told, has that push taken
/// back.
final class ClearDecider {

  private ClearDecider() {}

  static Decision decide(StateView view, ClearEvents command) {
    UserRecord backlog = view.find(command.user());
    if (backlog == null) {
      return Decision.answer(new Cleared(0));
    }
    Parting parting = clear(backlog, command.scope(), view.nowMillis());
    var draft = new Decision.Draft();
    if (parting.isEmpty()) {
      if (staleByCounted(backlog, command.scope())) {
        draft.replace(staled(backlog));
      } else if (!backlog.isPending()) {
        UserRecord after = shown(backlog, command.scope(), backlog, view.nowMillis());
        if (!after.equals(backlog)) {
          draft.replace(after);
        }
      }
      return draft.reply(new Cleared(0));
    }
    settleLease(draft, backlog, parting, command.scope(), view.nowMillis());
    return draft
        .note(
            command.user(),
            Notes.departure(Departure.Cause.CAUSE_CLEARED, parting),
            view.nowMillis())
        .count(Counter.CLEARED, parting.size())
        .count(Counter.EVENT_ID_FORGOTTEN, parting.idsForgotten())
        .reply(new Cleared(Math.toIntExact(parting.size())));
  }

  private static Parting clear(UserRecord backlog, ClearScope scope, long nowMillis) {
    Parting asked =
        backlog.part(event -> scope.covers(event), tally -> scope.covers(tally), nowMillis);
    if (asked.isEmpty() || !asked.rest().counts()) {
      return asked;
    }
    UserRecord rest = asked.rest();
    boolean coveredEnds =
        rest.events().isEmpty() || rest.covered().isEmpty() && touchesCovered(backlog, rest);
    boolean lateEnds = rest.covered().size() == rest.events().size();
    return backlog.part(
        event -> scope.covers(event),
        tally ->
            scope.covers(tally)
                || coveredEnds && backlog.gaveWay().types().contains(tally)
                || lateEnds && backlog.late().tally().types().contains(tally),
        nowMillis);
  }

  private static void settleLease(
      Decision.Draft draft, UserRecord before, Parting parting, ClearScope scope, long nowMillis) {
    UserRecord rest = parting.rest();
    Claim claim = rest.claim();
    if (claim == null || claim.sending() != null) {
      draft.replace(shown(before, scope, rest, nowMillis));
    } else if (!touchesCovered(before, rest)) {
      draft.replace(staleByCounted(before, scope) ? staled(rest) : rest);
    } else if (rest.covered().isEmpty()) {
      draft
          .replace(shown(before, scope, rest.nextWindow(), nowMillis))
          .note(
              rest.user(),
              Notes.of(Notes.attempt(before, claim, Attempt.Ending.ENDING_EMPTIED)),
              nowMillis);
    } else {
      draft.replace(staled(rest));
    }
  }

  /// The user may have seen all that a push told: then it is to be taken back.
  private static UserRecord shown(
      UserRecord before, ClearScope scope, UserRecord after, long nowMillis) {
    Told told = after.told();
    return told != null && !told.isSeen() && told.isShownBy(scope, before)
        ? after.toldSeen(nowMillis)
        : after;
  }

  private static UserRecord staled(UserRecord leased) {
    return leased.claimed(Objects.requireNonNull(leased.claim()).staled());
  }

  /// Whether the worker may be about to tell by name what was cleared: it gave way after the lease
  /// was granted, and only its number is left here.
  private static boolean staleByCounted(UserRecord backlog, ClearScope scope) {
    Claim claim = backlog.claim();
    return claim != null
        && claim.sending() == null
        && backlog.gaveWay().types().stream().anyMatch(scope::mayReach);
  }

  /// Whether a clear took something that the lease covers.
  private static boolean touchesCovered(UserRecord before, UserRecord after) {
    return before.covered().size() != after.covered().size()
        || before.gaveWay().events() != after.gaveWay().events();
  }
}
