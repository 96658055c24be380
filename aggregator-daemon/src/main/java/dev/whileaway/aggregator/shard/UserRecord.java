package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.EventIds.Remembered;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the shard holds of one user, unpacked; a value whose methods say what becomes of it.
///
/// A backlog that has lost its events lives on as a *remnant* while the ids of those events, or the
/// push that told them, must be remembered; it has no schedule then, and nobody sees it.
///
/// @param lastSeq the newest sequence number given so far
/// @param claim null: nobody has leased it
/// @param events ascending by seq
/// @param gaveWay counted only; under a lease, the part that it covers
/// @param late counted only, arrived during the lease
/// @param ids of events that are not kept any more
/// @param told null: no push lies on a device that could take it back
record UserRecord(
    UserId user,
    long lastSeq,
    Schedule schedule,
    @Nullable Claim claim,
    List<KeptEvent> events,
    Tally gaveWay,
    Latecomers late,
    EventIds ids,
    @Nullable Told told) {

  /// A user's record before the first event. Sequence numbers go on after `seqFloor`.
  static UserRecord empty(UserId user, long seqFloor) {
    return new UserRecord(
        user,
        seqFloor,
        Schedule.NONE,
        null,
        List.of(),
        Tally.NONE,
        Latecomers.NONE,
        EventIds.NONE,
        null);
  }

  boolean isPending() {
    return !events.isEmpty();
  }

  /// Kept or only counted.
  long pendingEvents() {
    return events.size() + gaveWay.events() + late.tally().events();
  }

  /// Whether some events are only counted. Never without a kept one.
  boolean counts() {
    return !gaveWay.isEmpty() || !late.isEmpty();
  }

  /// Whether there is nothing that a record must be kept for.
  boolean isGone() {
    return events.isEmpty() && claim == null && ids.isEmpty() && told == null;
  }

  /// Whether a push waits to be taken back: nothing else waits, or the next push would do so.
  boolean isToRetract() {
    return told != null && told.isSeen() && events.isEmpty() && claim == null;
  }

  /// The kept events that the lease covers; all of them if there is none.
  List<KeptEvent> covered() {
    return claim == null ? events : those(claim::covers);
  }

  boolean coversNothing() {
    return covered().isEmpty() && gaveWay.isEmpty();
  }

  boolean knows(long idHash, long nowMillis) {
    return ids.knows(idHash, nowMillis)
        || events.stream().anyMatch(event -> event.idHash() == idHash);
  }

  /// An event joins. Under a lease the schedule waits for the lease's answer.
  UserRecord appended(NewEvent event, long nowMillis) {
    var kept = KeptEvent.of(event, lastSeq + 1, nowMillis);
    var all = new ArrayList<>(events);
    all.add(kept);
    return new UserRecord(
        user, kept.seq(), scheduledWith(kept), claim, List.copyOf(all), gaveWay, late, ids, told);
  }

  private Schedule scheduledWith(KeptEvent event) {
    if (claim != null) {
      return schedule;
    }
    if (events.isEmpty()) {
      return Schedule.opened(event.dueAtMillis());
    }
    return event.urgent() ? schedule.restarted(event.atMillis()) : schedule;
  }

  /// A kept event becomes a number.
  UserRecord gaveWay(KeptEvent event, long nowMillis) {
    var left = events.stream().filter(other -> other.seq() != event.seq()).toList();
    var pinned = event.hasId() ? ids.pin(List.of(event), nowMillis).ids() : ids;
    boolean isLate = claim != null && !claim.covers(event);
    return new UserRecord(
        user,
        lastSeq,
        schedule,
        claim,
        left,
        isLate ? gaveWay : gaveWay.plus(event),
        isLate ? late.plus(event) : late,
        pinned,
        told);
  }

  UserRecord claimed(Claim by) {
    return new UserRecord(user, lastSeq, schedule, by, events, gaveWay, late, ids, told);
  }

  /// A push lies on the devices now, or none any more.
  UserRecord told(@Nullable Told push) {
    return new UserRecord(user, lastSeq, schedule, claim, events, gaveWay, late, ids, push);
  }

  /// What the push told has been seen elsewhere. While something waits, the next push will take its
  /// place: then there is nothing to take back.
  UserRecord toldSeen(long nowMillis) {
    return told == null || isPending() || claim != null ? this : told(told.seen(nowMillis));
  }

  /// Some events leave: they are not pending any more, and their ids are remembered.
  Parting part(Predicate<KeptEvent> leaves, Predicate<TypeTally> countedLeaves, long nowMillis) {
    var gone = those(leaves);
    var stay = gone.isEmpty() ? events : those(leaves.negate());
    var countedGone = new ArrayList<>(gaveWay.matching(countedLeaves));
    countedGone.addAll(late.tally().matching(countedLeaves));
    return parting(
        gone,
        stay,
        gaveWay.without(countedLeaves),
        late.withTally(late.tally().without(countedLeaves)),
        List.copyOf(countedGone),
        nowMillis);
  }

  /// Mostly all or none of them, which needs no new list.
  private List<KeptEvent> those(Predicate<KeptEvent> wanted) {
    int matching = 0;
    for (KeptEvent event : events) {
      matching += wanted.test(event) ? 1 : 0;
    }
    if (matching == 0) {
      return List.of();
    }
    return matching == events.size() ? events : events.stream().filter(wanted).toList();
  }

  /// All that a lease covers leaves; all, if there is none.
  Parting partCovered(long nowMillis) {
    var gone = covered();
    var stay = those(event -> claim != null && !claim.covers(event));
    return parting(gone, stay, Tally.NONE, late, gaveWay.types(), nowMillis);
  }

  private Parting parting(
      List<KeptEvent> gone,
      List<KeptEvent> stay,
      Tally countedStay,
      Latecomers lateStay,
      List<TypeTally> countedGone,
      long nowMillis) {
    Remembered remembered = ids.remember(gone, nowMillis);
    boolean counts = !countedStay.isEmpty() || !lateStay.isEmpty();
    var rest =
        new UserRecord(
            user,
            lastSeq,
            stay.isEmpty() && claim == null ? Schedule.NONE : schedule,
            claim,
            stay,
            countedStay,
            lateStay,
            counts ? remembered.ids() : remembered.ids().unpin(nowMillis),
            told);
    return new Parting(rest, gone, countedGone, remembered.forgottenEarly());
  }

  /// The lease is over and what it covered has left: what arrived meanwhile opens the next window,
  /// counted from its own arrival, with a ladder that starts at the bottom.
  UserRecord nextWindow() {
    long dueAt =
        events.stream().mapToLong(KeptEvent::dueAtMillis).reduce(late.dueAtMillis(), Math::min);
    var next = isPending() ? Schedule.opened(dueAt) : Schedule.NONE;
    return new UserRecord(
        user, lastSeq, next, null, events, late.tally(), Latecomers.NONE, ids, told);
  }

  /// The lease is over and what it covered stays: what arrived meanwhile joins it, and if that was
  /// urgent, all of it is due at once.
  UserRecord dueAgain(Schedule again, long nowMillis) {
    boolean urgent = late.urgent() || arrivedDuringLease().anyMatch(KeptEvent::urgent);
    var next = urgent ? again.restarted(nowMillis) : again;
    return new UserRecord(
        user,
        lastSeq,
        isPending() ? next : Schedule.NONE,
        null,
        events,
        gaveWay.plus(late.tally()),
        Latecomers.NONE,
        ids,
        told);
  }

  private java.util.stream.Stream<KeptEvent> arrivedDuringLease() {
    return events.stream().filter(event -> claim != null && !claim.covers(event));
  }

  /// What leaves a backlog, and what is left of it.
  ///
  /// @param counted what had given way before
  /// @param idsForgotten event ids that had to be forgotten early to make room
  record Parting(
      UserRecord rest, List<KeptEvent> events, List<TypeTally> counted, int idsForgotten) {

    boolean isEmpty() {
      return events.isEmpty() && counted.isEmpty();
    }

    /// How many events left, kept or counted.
    long size() {
      return events.size() + counted.stream().mapToLong(TypeTally::events).sum();
    }
  }
}
