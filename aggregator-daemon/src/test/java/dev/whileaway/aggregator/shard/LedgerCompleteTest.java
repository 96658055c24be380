package dev.whileaway.aggregator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.log.MemoryColdRecords;
import dev.whileaway.aggregator.shard.ShardCommand.ForgetUser;
import dev.whileaway.aggregator.shard.ShardCommand.ReportEvents;
import dev.whileaway.aggregator.shard.ShardReply.Reported;
import dev.whileaway.internal.v1.Attempt;
import dev.whileaway.internal.v1.Departure;
import dev.whileaway.internal.v1.EventNote;
import dev.whileaway.internal.v1.LedgerEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ledger and backlog together tell exactly one fate of each event that was ever reported.
class LedgerCompleteTest {

  /// Backlogs are full soon, and no ledger grows too old.
  private static final ShardLimits LIMITS = new ShardLimits(7, 3650);

  private final ShardMachine shard = new ShardMachine(LIMITS, new MemoryColdRecords());

  /// The type of each event since the user was last forgotten, by its seq.
  private final Map<UserId, Map<Long, Integer>> reported = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {301, 302, 303, 304, 305, 306, 307, 308})
  void every_event_has_one_fate(long seed) {
    int step = 0;
    for (RandomCommands.Stamped next : new RandomCommands(seed, LIMITS).take(400)) {
      remember(next.command(), shard.apply(next.command(), next.atMillis()));
      for (UserId user : reported.keySet()) {
        checkFates("seed %d, command %d, user %s".formatted(seed, step, user), user);
      }
      step++;
    }
    assertThat(shard.view().counters().of(Counter.GAVE_WAY)).isPositive();
    assertThat(shard.view().counters().of(Counter.LEDGER_GAVE_WAY)).isZero();
  }

  private void remember(ShardCommand command, ShardReply reply) {
    if (command instanceof ForgetUser(UserId user)) {
      reported.remove(user);
    }
    if (command instanceof ReportEvents(List<NewEvent> events)
        && reply instanceof Reported(int _, List<Integer> duplicates)) {
      Map<UserId, Long> seq = new HashMap<>();
      for (int i = events.size() - 1; i >= 0; i--) {
        if (!duplicates.contains(i)) {
          UserId user = events.get(i).recipient();
          long last = seq.computeIfAbsent(user, this::newestSeq);
          reported.computeIfAbsent(user, _ -> new TreeMap<>()).put(last, events.get(i).type());
          seq.put(user, last - 1);
        }
      }
    }
  }

  private long newestSeq(UserId user) {
    return shard.view().backlog(user).orElseThrow().throughSeq();
  }

  private void checkFates(String where, UserId user) {
    var fates = new Fates();
    shard.view().ledger(user).forEach(fates::add);
    shard.view().backlog(user).ifPresent(fates::add);
    fates.counted.values().removeIf(events -> events == 0);
    assertThat(fates.named).as("fates of %s", where).doesNotHaveDuplicates();

    Map<Integer, Long> unnamed = new TreeMap<>();
    Map<Long, Integer> known = new TreeMap<>(reported.getOrDefault(user, Map.of()));
    fates.named.forEach(
        seq -> assertThat(known.remove(seq)).as("%s, seq %d", where, seq).isNotNull());
    known.values().forEach(type -> unnamed.merge(type, 1L, Long::sum));
    assertThat(fates.counted).as("counted events of %s", where).isEqualTo(unnamed);
    assertThat(fates.overflowTold || unnamed.isEmpty())
        .as("overflow of %s is told", where)
        .isTrue();
  }

  /// What became of a user's events: most are named, those that gave way are counted by type.
  private static final class Fates {

    final List<Long> named = new ArrayList<>();
    final Map<Integer, Long> counted = new TreeMap<>();
    boolean overflowTold;

    void add(LedgerEntry entry) {
      Attempt attempt = entry.getAttempt();
      Departure departure = entry.getDeparture();
      if (isEnd(attempt.getEnding())) {
        name(attempt.getEventsList());
        count(attempt.getCountedTypesList(), attempt.getCountedEventsList());
      }
      if (departure.getCause() == Departure.Cause.CAUSE_GAVE_WAY) {
        overflowTold = true;
      } else {
        name(departure.getEventsList());
        count(departure.getCountedTypesList(), departure.getCountedEventsList());
      }
    }

    void add(ShardView.Backlog backlog) {
      backlog.events().forEach(event -> named.add(event.seq()));
      backlog.totals().forEach(total -> count(List.of(total.type()), List.of(total.events())));
      backlog.events().forEach(event -> count(List.of(event.type()), List.of(-1L)));
    }

    private static boolean isEnd(Attempt.Ending ending) {
      return ending == Attempt.Ending.ENDING_CONFIRMED
          || ending == Attempt.Ending.ENDING_UNKNOWN_CONFIRMED;
    }

    private void name(List<EventNote> notes) {
      notes.forEach(note -> named.add(note.getSeq()));
    }

    private void count(List<Integer> types, List<Long> events) {
      for (int i = 0; i < types.size(); i++) {
        counted.merge(types.get(i), events.get(i), Long::sum);
      }
    }
  }
}
