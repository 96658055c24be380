package dev.whileaway.aggregator.shard;

import static dev.whileaway.aggregator.shard.ShardHarness.CONFIRM;
import static dev.whileaway.aggregator.shard.ShardHarness.MATCH;
import static dev.whileaway.aggregator.shard.ShardHarness.MESSAGE;
import static dev.whileaway.aggregator.shard.ShardHarness.TTL;
import static dev.whileaway.aggregator.shard.ShardHarness.VISIT;
import static dev.whileaway.aggregator.shard.ShardHarness.expiring;
import static dev.whileaway.aggregator.shard.ShardHarness.minutes;
import static dev.whileaway.aggregator.shard.ShardHarness.shard;
import static dev.whileaway.aggregator.shard.ShardHarness.shardKeeping;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.internal.v1.Departure.Cause;
import dev.whileaway.v1.Reason;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ExpiryTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void event_one_millisecond_before_its_expiry_is_told() {
    shard()
        .report(expiring("anna", "bob", MESSAGE, HOUR))
        .advance(HOUR.minusMillis(1))
        .pull()
        .expectDue("anna");
  }

  @Test
  void event_at_its_expiry_is_dropped_counted_and_noted() {
    // TRAPS 19
    var shard =
        shard()
            .report(expiring("anna", "bob", MESSAGE, HOUR))
            .advance(HOUR)
            .pull()
            .expectNothingDue()
            .expectNothingWaits("anna")
            .expectCount(Counter.EXPIRED, 1);
    assertThat(shard.ledger("anna").getFirst().getDeparture().getCause())
        .isEqualTo(Cause.CAUSE_EXPIRED);
  }

  @Test
  void outage_of_a_day_is_caught_up_once_without_what_is_too_old() {
    // TRAPS 21: nobody pulls for a day; then there is one backlog, with what is still worth
    // telling.
    var shard =
        shard()
            .report(expiring("anna", "old", MESSAGE, HOUR))
            .report("anna", "bob", MESSAGE)
            .report("carl", "bob", MATCH)
            .advance(Duration.ofHours(25))
            .report("anna", "bob", VISIT)
            .pull()
            .expectDue("carl", "anna")
            .expectCount(Counter.EXPIRED, 1);
    shard.beginSend("anna", CONFIRM).confirm("anna").beginSend("carl", CONFIRM).confirm("carl");
    shard
        .expectNothingWaits("anna")
        .advance(Duration.ofDays(1))
        .pull()
        .expectNothingDue()
        .expectCount(Counter.TOLD, 3);
  }

  @Test
  void event_one_millisecond_after_its_expiry_is_dropped() {
    shard()
        .report(expiring("anna", "bob", MESSAGE, HOUR))
        .advance(HOUR.plusMillis(1))
        .pull()
        .expectNothingDue();
  }

  @Test
  void backlog_with_fresh_events_is_told_without_the_old_ones() {
    var shard =
        shard()
            .report(expiring("anna", "old", MESSAGE, HOUR))
            .report("anna", "fresh", MESSAGE)
            .advance(HOUR)
            .pull()
            .expectDue("anna");
    assertThat(shard.onlyDue().events()).extracting("sender").containsExactly("fresh");
  }

  @Test
  void expired_backlogs_do_not_count_against_the_limit_of_a_pull() {
    shard()
        .report(expiring("anna", "bob", MESSAGE, minutes(30)))
        .report(expiring("bella", "bob", MESSAGE, minutes(30)))
        .report("carl", "bob", MESSAGE)
        .advance(minutes(30))
        .pull("w", 1)
        .expectDue("carl");
  }

  @Test
  void what_gave_way_expires_with_the_last_of_it() {
    shardKeeping(1)
        .report(expiring("anna", "bob", MESSAGE, HOUR))
        .report(expiring("anna", "bob", MESSAGE, HOUR))
        .report("anna", "carl", MESSAGE)
        .advance(HOUR.minusMillis(1))
        .pull()
        .cancel("anna", Duration.ZERO, Reason.REASON_ONLINE)
        .expectCount(Counter.EXPIRED, 0)
        .advance(Duration.ofMillis(1))
        .pull()
        .expectCount(Counter.EXPIRED, 2);
  }

  @Test
  void next_due_is_the_earliest_of_what_was_not_leased() {
    var shard = shard().report("anna", "x", MESSAGE).advance(minutes(1));
    shard.report("bob", "x", MESSAGE).advance(minutes(29)).pull().expectDue("anna");
    assertThat(shard.pulled().nextDueAtMillis())
        .isEqualTo(OptionalLong.of(shard.now() + minutes(1).toMillis()));
    shard.pull();
    assertThat(shard.pulled().nextDueAtMillis())
        .isEqualTo(OptionalLong.of(shard.now() + TTL.toMillis()));
    shard.confirm("anna").visit("bob").pull();
    assertThat(shard.pulled().nextDueAtMillis()).isEmpty();
  }

  @Test
  void next_due_of_a_pull_that_reached_its_limit_is_in_the_past() {
    var shard =
        shard()
            .report("anna", "x", MESSAGE)
            .report("bob", "x", MESSAGE)
            .advance(minutes(31))
            .pull("w", 1);
    assertThat(shard.pulled().nextDueAtMillis().orElseThrow()).isLessThanOrEqualTo(shard.now());
  }

  @Test
  void anything_due_looks_ahead_without_moving_the_clock() {
    var shard = shard().report("anna", "x", MESSAGE);
    ShardView view = shard.machine().view();
    long due = shard.now() + minutes(30).toMillis();
    assertThat(view.anythingDue(due - 1)).isFalse();
    assertThat(view.anythingDue(due)).isTrue();
    assertThat(view.nextWakeAtMillis()).isEqualTo(OptionalLong.of(due));
    shard.visit("anna");
    assertThat(view.anythingDue(due)).isFalse();
    assertThat(view.nextWakeAtMillis()).isEmpty();
  }

  @Test
  void expired_leases_beyond_the_bound_of_one_command_are_swept_by_the_next() {
    // TRAPS 16, 20, 38
    var shard = shard();
    int users = SweepDecider.RECORDS_MAX + 10;
    for (int i = 0; i < users; i++) {
      shard.report("u" + i, "x", MESSAGE);
    }
    shard.advance(minutes(30)).pull("w", users).advance(TTL).pull("w", users);
    assertThat(shard.pulled().due()).hasSize(SweepDecider.RECORDS_MAX);
    shard.pull("w", users);
    assertThat(shard.pulled().due()).hasSize(10);
  }
}
