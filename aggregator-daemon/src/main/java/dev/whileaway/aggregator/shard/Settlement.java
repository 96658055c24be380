package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.UserRecord.Parting;
import dev.whileaway.internal.v1.Attempt;

/// The two ends of a lease, whether a worker gave the answer or it was presumed.
final class Settlement {

  private Settlement() {}

  /// What the lease covers leaves the backlog.
  static void takeOut(
      Decision.Draft draft, UserRecord backlog, Attempt.Builder attempt, Counter cause, long now) {
    Parting parting = backlog.partCovered(now);
    UserRecord after = telling(backlog, parting.rest().nextWindow(), attempt, now);
    draft
        .replace(after)
        .count(cause, parting.size())
        .count(Counter.EVENT_ID_FORGOTTEN, parting.idsForgotten())
        .note(
            backlog.user(),
            Notes.of(Notes.naming(attempt, parting.events(), parting.counted())),
            now);
  }

  /// What the lease covers stays, and is due again. If all of it was cleared while it was being
  /// sent, that backlog has ended, and there is nothing left to put off.
  static void putOff(
      Decision.Draft draft, UserRecord backlog, Attempt.Builder attempt, Schedule again, long now) {
    UserRecord after =
        telling(
            backlog,
            backlog.coversNothing() ? backlog.nextWindow() : backlog.dueAgain(again, now),
            attempt,
            now);
    attempt
        .setFlags(after.schedule().flagBits())
        .setDueAgainAtMillis(after.schedule().dueAtMillis());
    boolean mayHaveSent = attempt.getBegunAtMillis() != 0 || attempt.getDeliveriesCount() > 0;
    draft
        .replace(after)
        .note(
            backlog.user(),
            Notes.of(
                mayHaveSent
                    ? Notes.naming(attempt, backlog.covered(), backlog.gaveWay().types())
                    : Notes.counting(attempt, backlog)),
            now);
  }

  /// A push that reached a device is remembered, and is to be taken back at once if its user saw
  /// all of it while it was on its way.
  private static UserRecord telling(
      UserRecord before, UserRecord after, Attempt.Builder attempt, long now) {
    Claim claim = before.claim();
    Told told = claim == null ? null : Told.by(attempt.getDeliveriesList(), claim, now);
    if (told == null) {
      return after;
    }
    UserRecord telling = after.told(told);
    return before.coversNothing() ? telling.toldSeen(now) : telling;
  }
}
