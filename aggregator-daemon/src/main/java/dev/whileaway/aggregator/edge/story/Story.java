package dev.whileaway.aggregator.edge.story;

import dev.whileaway.aggregator.edge.story.DeferralWords.Deferral;
import dev.whileaway.aggregator.shard.LeasedBacklog.PendingEvent;
import dev.whileaway.aggregator.shard.ShardView;
import dev.whileaway.aggregator.shard.ShardView.Backlog;
import dev.whileaway.aggregator.shard.ShardView.ProfileState;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.internal.v1.EventNote;
import dev.whileaway.internal.v1.LedgerEntry;
import dev.whileaway.v1.WhyKind;
import dev.whileaway.v1.WhyLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// Tells what happened to a user, oldest first, from the ledger and from what waits now: the answer
/// to "why did this user get, or not get, a digest?".
public final class Story {

  private final IntFunction<String> typeName;

  public Story(IntFunction<String> typeName) {
    this.typeName = typeName;
  }

  /// All that a story is told from.
  ///
  /// @param nowMillis the shard's clock
  public record Facts(
      List<LedgerEntry> ledger, Optional<Backlog> backlog, ProfileState profile, long nowMillis) {

    public static Facts of(ShardView view, UserId user) {
      return new Facts(
          List.copyOf(view.ledger(user)), view.backlog(user), view.profile(user), view.nowMillis());
    }
  }

  public List<WhyLine> lines(Facts facts) {
    List<Told> decided = new ArrayList<>();
    Reports reports = new Reports(typeName);
    tell(facts.ledger(), decided, reports);
    facts.backlog().ifPresent(backlog -> tell(backlog, decided, reports));

    List<Told> story =
        new ArrayList<>(reports.lines(decided.stream().map(Told::atMillis).toList()));
    story.addAll(decided);
    // The sort is stable: at one moment a report comes before what was decided of it.
    story.sort(Comparator.comparingLong(Told::atMillis));
    return story.stream().map(Told::line).toList();
  }

  /// What waits now, in words.
  public String now(Facts facts) {
    return NowWords.of(facts, typeName);
  }

  /// The same deferral again and again is one line: a user who is online all day is put off every
  /// few minutes.
  private void tell(List<LedgerEntry> ledger, List<Told> decided, Reports reports) {
    int from = 0;
    while (from < ledger.size()) {
      List<Deferral> run = run(ledger.subList(from, ledger.size()));
      if (run.size() < 2) {
        tell(ledger.get(from), decided, reports);
        from++;
      } else {
        for (LedgerEntry entry : ledger.subList(from, from + run.size())) {
          entry.getAttempt().getEventsList().forEach(note -> reports.add(report(note)));
        }
        decided.add(run.getLast().endsRun(run.size(), run.getFirst().atMillis()));
        from += run.size();
      }
    }
  }

  /// How the ledger begins: the deferrals that say the same.
  private static List<Deferral> run(List<LedgerEntry> ledger) {
    List<Deferral> run = new ArrayList<>();
    for (LedgerEntry entry : ledger) {
      Optional<Deferral> next = DeferralWords.of(entry.getAttempt(), entry.getAtMillis());
      if (next.isEmpty() || (!run.isEmpty() && !next.get().repeats(run.getLast()))) {
        return run;
      }
      run.add(next.get());
    }
    return run;
  }

  private void tell(LedgerEntry entry, List<Told> decided, Reports reports) {
    long at = entry.getAtMillis();
    switch (entry.getWhatCase()) {
      case ATTEMPT -> {
        entry.getAttempt().getEventsList().forEach(note -> reports.add(report(note)));
        decided.addAll(AttemptWords.of(entry.getAttempt(), at));
      }
      case DEPARTURE -> {
        entry.getDeparture().getEventsList().forEach(note -> reports.add(report(note)));
        decided.add(DepartureWords.of(entry.getDeparture(), at, typeName));
      }
      case PROFILE ->
          decided.add(new Told(at, WhyKind.WHY_KIND_PROFILE, entry.getProfile().getText()));
      case STEPS ->
          entry.getSteps().getStepsList().forEach(step -> decided.add(AttemptWords.step(step)));
      case RETRACTED ->
          decided.add(
              new Told(
                  at,
                  WhyKind.WHY_KIND_CLEARED,
                  "the push was seen elsewhere: "
                      + entry.getRetracted().getWorker()
                      + " takes it back from the devices"));
      case FORGOTTEN ->
          decided.add(
              new Told(
                  at, WhyKind.WHY_KIND_FORGOTTEN, forgotten(entry.getForgotten().getEvents())));
      case WHAT_NOT_SET ->
          decided.add(
              new Told(at, WhyKind.WHY_KIND_UNSPECIFIED, "something this version cannot tell"));
    }
  }

  private static String forgotten(int events) {
    String waited = events == 0 ? "" : ", and with it " + Phrase.count(events, "pending event");
    return "the account was deleted" + waited + "; what was before is no longer known";
  }

  private static void tell(Backlog backlog, List<Told> decided, Reports reports) {
    backlog.events().forEach(event -> reports.add(report(event)));
    // A lease enters the ledger only with its answer.
    backlog
        .lease()
        .ifPresent(lease ->
            decided.add(
                new Told(
                    lease.leasedAtMillis(),
                    WhyKind.WHY_KIND_LEASED,
                    "leased by " + lease.worker())));
  }

  private static Reports.Report report(EventNote note) {
    return new Reports.Report(
        note.getAtMillis(), note.getSeq(), note.getType(), note.getSender(), note.getWatched());
  }

  private static Reports.Report report(PendingEvent event) {
    return new Reports.Report(
        event.atMillis(), event.seq(), event.type(), event.sender(), event.watched());
  }
}
