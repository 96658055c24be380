package dev.whileaway.aggregator.shard;

import static dev.whileaway.aggregator.shard.ShardHarness.CONFIRM;
import static dev.whileaway.aggregator.shard.ShardHarness.MATCH;
import static dev.whileaway.aggregator.shard.ShardHarness.MESSAGE;
import static dev.whileaway.aggregator.shard.ShardHarness.minutes;
import static dev.whileaway.aggregator.shard.ShardHarness.shard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.internal.v1.Attempt;
import dev.whileaway.internal.v1.LedgerEntry;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LedgerTest {

  @Test
  void attempt_tells_the_whole_lease() {
    var shard = shard().report("anna", "bob", MATCH).advance(minutes(1)).pull("w1", 1);
    long leasedAt = shard.now();
    shard.advance(Duration.ofSeconds(1)).beginSend("anna", CONFIRM);
    shard.advance(Duration.ofSeconds(1)).confirm("anna");
    assertThat(shard.ledger("anna").getLast().getAtMillis()).isEqualTo(leasedAt + 2_000);
    Attempt attempt = shard.ledger("anna").getLast().getAttempt();
    assertThat(attempt.getLeaseId()).isEqualTo(shard.lease("anna").leaseId());
    assertThat(attempt.getWorker()).isEqualTo("w1");
    assertThat(attempt.getDueAtMillis()).isEqualTo(leasedAt - 60_000);
    assertThat(attempt.getLeasedAtMillis()).isEqualTo(leasedAt);
    assertThat(attempt.getBegunAtMillis()).isEqualTo(leasedAt + 1_000);
    assertThat(attempt.getChannel()).isEqualTo(Channel.CHANNEL_EMAIL);
    assertThat(attempt.getReason()).isEqualTo(Reason.REASON_SENT);
    assertThat(attempt.getEventsList()).extracting("sender").containsExactly("bob");
  }

  @Test
  void deferral_counts_its_events_and_says_when_they_are_due_again() {
    var shard = shard().report("anna", "bob", MATCH).pull();
    shard.cancel("anna", minutes(5), Reason.REASON_ONLINE, Flag.ONLINE);
    Attempt attempt = shard.ledger("anna").getLast().getAttempt();
    assertThat(attempt.getDueAgainAtMillis()).isEqualTo(shard.now() + 300_000);
    assertThat(attempt.getFlags()).isEqualTo(2);
    assertThat(attempt.getEventsList()).isEmpty();
    assertThat(attempt.getCountedTypesList()).containsExactly(MATCH);
    assertThat(attempt.getCountedEventsList()).containsExactly(1L);
  }

  @Test
  void ledger_keeps_the_newest_entries() {
    var shard = shard();
    for (int i = 0; i < Ledger.ENTRIES_MAX + 3; i++) {
      shard.advance(minutes(1)).report("anna", "bob" + i, MESSAGE).visit("anna");
    }
    assertThat(shard.ledger("anna")).hasSize(Ledger.ENTRIES_MAX);
    assertThat(shard.ledger("anna").getFirst().getDeparture().getEvents(0).getSender())
        .isEqualTo("bob3");
  }

  @Test
  void surplus_is_cut_off_soon_and_counted() {
    var shard = shard();
    int surplusMax = 10 * Ledger.CUT_EVERY;
    int written = 2 * surplusMax;
    for (int i = 0; i < written; i++) {
      // Of each two notes of the shard one is anna's: no regularity lets a user escape.
      shard.report("anna", "bob", MESSAGE).visit("anna");
      shard.report("u" + i, "bob", MESSAGE).visit("u" + i);
      if (stored(shard, "anna") > Ledger.ENTRIES_MAX + surplusMax) {
        throw new AssertionError("too long after " + i + " entries");
      }
    }
    shard.expectCount(Counter.LEDGER_GAVE_WAY, written - stored(shard, "anna"));
    assertThat(shard.machine().view().counters().of(Counter.LEDGER_GAVE_WAY))
        .isGreaterThan(written - Ledger.ENTRIES_MAX - surplusMax);
  }

  private static int stored(ShardHarness shard, String user) {
    return shard.cold.series(ColdStore.key('L', new UserId(user)).toBytes()).size();
  }

  @Test
  void entries_that_form_3_numbered_by_user_stay_the_older_ones() {
    var shard = shard();
    byte[] key = ColdStore.key('L', new UserId("anna")).toBytes();
    shard.cold.append(key, 7, LedgerEntry.newBuilder().setAtMillis(1).build().toByteArray());
    shard.report("anna", "bob", MESSAGE).visit("anna");
    assertThat(shard.ledger("anna")).hasSize(2);
    assertThat(shard.ledger("anna").getFirst().getAtMillis()).isEqualTo(1);
  }

  @Test
  void old_entries_go_with_time_and_leave_no_cold_record_behind() {
    var shard = shard();
    for (int i = 0; i < 3 * LedgerCalendar.USERS_PER_PAGE; i++) {
      shard.report("u" + i, "bob", MESSAGE).visit("u" + i);
    }
    shard.advance(Duration.ofDays(29)).pull().expectCount(Counter.LEDGER_EXPIRED, 0);
    shard.report("u0", "bob", MESSAGE).visit("u0").advance(Duration.ofDays(2));
    for (int page = 0; page < 4; page++) {
      shard.pull();
    }
    shard.expectCount(Counter.LEDGER_EXPIRED, 3 * LedgerCalendar.USERS_PER_PAGE);
    assertThat(shard.ledger("u0")).hasSize(1);
    shard.advance(Duration.ofDays(40)).pull();
    assertThat(shard.ledger("u0")).isEmpty();
    shard.cold.scan(new byte[0], (key, _) -> assertThat(key).isEmpty());
  }

  @Test
  void entries_age_by_being_written_also_where_nobody_pulls() {
    var shard = shard();
    int perDay = 2 * LedgerCalendar.USERS_PER_PAGE;
    for (int day = 0; day < 60; day++) {
      for (int i = 0; i < perDay; i++) {
        shard.report("u" + i, "bob", MESSAGE).visit("u" + i);
      }
      shard.advance(Duration.ofDays(1));
    }
    assertThat(shard.ledger("u7")).hasSizeBetween(29, 32);
    int[] records = new int[1];
    shard.cold.scan(new byte[0], (_, _) -> records[0]++);
    assertThat(records[0]).isLessThan(32 * (perDay + 3));
  }

  @Test
  void users_whose_ids_begin_alike_have_ledgers_of_their_own() {
    var shard = shard().report("an", "x", MESSAGE).report("anna", "x", MESSAGE).visit("anna");
    assertThat(shard.ledger("an")).isEmpty();
    shard.visit("an").forget("an");
    assertThat(shard.ledger("anna")).hasSize(1);
  }
}
