package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.LeasedBacklog.TypeTotal;
import dev.whileaway.internal.v1.Attempt;
import dev.whileaway.internal.v1.Departure;
import dev.whileaway.internal.v1.Forgotten;
import dev.whileaway.internal.v1.LedgerEntry;
import dev.whileaway.internal.v1.ProfileNote;
import dev.whileaway.internal.v1.Retracted;
import dev.whileaway.internal.v1.Steps;
import dev.whileaway.v1.Step;
import java.util.List;

/// Words decisions for the ledger.
final class Notes {

  private Notes() {}

  /// A lease as far as it is known before its ending.
  static Attempt.Builder attempt(UserRecord backlog, Claim claim, Attempt.Ending ending) {
    var attempt =
        Attempt.newBuilder()
            .setEnding(ending)
            .setLeaseId(claim.leaseId())
            .setWorker(claim.worker())
            .setDueAtMillis(backlog.schedule().dueAtMillis())
            .setLeasedAtMillis(claim.leasedAtMillis());
    if (claim.sending() != null) {
      attempt
          .setBegunAtMillis(claim.sending().begunAtMillis())
          .setChannel(claim.sending().intent().channel());
    }
    return attempt;
  }

  /// Names the kept events, and counts the others.
  static Attempt.Builder naming(
      Attempt.Builder attempt, List<KeptEvent> kept, List<TypeTally> counted) {
    kept.forEach(event -> attempt.addEvents(event.toNote()));
    for (TypeTally tally : counted) {
      attempt.addCountedTypes(tally.type()).addCountedEvents(tally.events());
    }
    return attempt;
  }

  /// Counts all events. A user who is online is put off every few minutes: naming two hundred
  /// events each time would fill the ledger with one and the same list.
  static Attempt.Builder counting(Attempt.Builder attempt, UserRecord backlog) {
    for (TypeTotal total : Readings.totals(backlog.covered(), backlog.gaveWay())) {
      attempt.addCountedTypes(total.type()).addCountedEvents(total.events());
    }
    return attempt;
  }

  static LedgerEntry.Builder of(Attempt.Builder attempt) {
    return LedgerEntry.newBuilder().setAttempt(attempt);
  }

  static LedgerEntry.Builder departure(Departure.Cause cause, UserRecord.Parting parting) {
    var departure = Departure.newBuilder().setCause(cause);
    parting.events().forEach(event -> departure.addEvents(event.toNote()));
    for (TypeTally tally : parting.counted()) {
      departure.addCountedTypes(tally.type()).addCountedEvents(tally.events());
    }
    return LedgerEntry.newBuilder().setDeparture(departure);
  }

  static LedgerEntry.Builder gaveWay(KeptEvent first) {
    return LedgerEntry.newBuilder()
        .setDeparture(
            Departure.newBuilder()
                .setCause(Departure.Cause.CAUSE_GAVE_WAY)
                .addEvents(first.toNote()));
  }

  static LedgerEntry.Builder profile(String text) {
    return LedgerEntry.newBuilder().setProfile(ProfileNote.newBuilder().setText(text));
  }

  static LedgerEntry.Builder retracted(String worker, String digestId) {
    return LedgerEntry.newBuilder()
        .setRetracted(Retracted.newBuilder().setWorker(worker).setDigestId(digestId));
  }

  static LedgerEntry.Builder steps(LeaseKey lease, List<Step> steps) {
    return LedgerEntry.newBuilder()
        .setSteps(Steps.newBuilder().setLeaseId(lease.leaseId()).addAllSteps(steps));
  }

  static LedgerEntry.Builder forgotten(long events) {
    return LedgerEntry.newBuilder()
        .setForgotten(Forgotten.newBuilder().setEvents(Math.toIntExact(events)));
  }
}
