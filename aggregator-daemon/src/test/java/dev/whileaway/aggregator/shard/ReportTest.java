package dev.whileaway.aggregator.shard;

import static dev.whileaway.aggregator.shard.ShardHarness.FAVOURITE;
import static dev.whileaway.aggregator.shard.ShardHarness.MATCH;
import static dev.whileaway.aggregator.shard.ShardHarness.MESSAGE;
import static dev.whileaway.aggregator.shard.ShardHarness.event;
import static dev.whileaway.aggregator.shard.ShardHarness.millis;
import static dev.whileaway.aggregator.shard.ShardHarness.minutes;
import static dev.whileaway.aggregator.shard.ShardHarness.shard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.v1.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReportTest {

  @Test
  void first_event_opens_a_window() {
    shard().report("anna", "bob", MESSAGE).expectReported(1).expectWaits("anna", 1, minutes(30));
  }

  @Test
  void window_one_millisecond_before_its_end_is_not_due() {
    shard()
        .report("anna", "bob", MESSAGE)
        .advance(minutes(30).minusMillis(1))
        .pull()
        .expectNothingDue();
  }

  @Test
  void window_at_its_end_is_due() {
    shard().report("anna", "bob", MESSAGE).advance(minutes(30)).pull().expectDue("anna");
  }

  @Test
  void window_one_millisecond_after_its_end_is_due() {
    shard()
        .report("anna", "bob", MESSAGE)
        .advance(minutes(30).plusMillis(1))
        .pull()
        .expectDue("anna");
  }

  @Test
  void later_event_does_not_move_the_window() {
    // TRAPS 24, 25, 26
    shard()
        .report("anna", "bob", MESSAGE)
        .advance(minutes(10))
        .report("anna", "carl", FAVOURITE)
        .expectWaits("anna", 2, minutes(20));
  }

  @Test
  void urgent_event_is_due_at_once() {
    shard().report("anna", "bob", MATCH).expectWaits("anna", 1, Duration.ZERO);
  }

  @Test
  void urgent_event_makes_a_waiting_backlog_due_and_restarts_the_ladder() {
    shard()
        .report("anna", "bob", MESSAGE)
        .advance(minutes(30))
        .pull()
        .cancel("anna", minutes(10), Reason.REASON_SENT, Flag.PUSH_SENT)
        .expectWaits("anna", 1, minutes(10), Flag.PUSH_SENT)
        .report("anna", "carl", MATCH)
        .expectWaits("anna", 2, Duration.ZERO);
  }

  @Test
  void urgent_event_does_not_move_an_overdue_backlog_back() {
    shard()
        .report("anna", "bob", MESSAGE)
        .advance(minutes(31))
        .report("anna", "carl", MATCH)
        .expectWaits("anna", 2, minutes(-1));
  }

  @Test
  void two_events_of_one_millisecond_make_one_backlog() {
    // TRAPS 1
    var shard =
        shard()
            .report("anna", "bob", MESSAGE)
            .report("anna", "carl", MESSAGE)
            .advance(minutes(30))
            .pull()
            .expectDue("anna");
    assertThat(shard.onlyDue().events()).extracting("sender").containsExactly("bob", "carl");
    assertThat(shard.onlyDue().events()).extracting("seq").containsExactly(1L, 2L);
  }

  @Test
  void repeated_event_id_is_not_counted_twice() {
    // TRAPS 2
    shard()
        .reportWithId("anna", "bob", MESSAGE, "m1")
        .reportWithId("anna", "bob", MESSAGE, "m1")
        .expectReported(0, 0)
        .expectWaits("anna", 1, minutes(30));
  }

  @Test
  void repeated_event_id_inside_one_command_is_not_counted_twice() {
    shard()
        .report(
            event("anna", "bob", MESSAGE, "m1"),
            event("carl", "bob", MESSAGE, "m1"),
            event("anna", "bob", MESSAGE, "m1"))
        .expectReported(2, 2);
  }

  @Test
  void told_event_id_is_remembered_for_24_hours_and_no_longer() {
    var shard = toldAtOnce();
    shard.advance(Duration.ofHours(24).minusMillis(1));
    shard.reportWithId("anna", "bob", MATCH, "m1").expectReported(0, 0);
    shard.advance(millis(1)).reportWithId("anna", "bob", MATCH, "m1").expectReported(1);
    toldAtOnce()
        .advance(Duration.ofHours(24).plusMillis(1))
        .reportWithId("anna", "bob", MATCH, "m1")
        .expectReported(1);
  }

  @Test
  void cleared_event_id_is_remembered() {
    shard()
        .reportWithId("anna", "bob", MESSAGE, "m1")
        .visit("anna")
        .reportWithId("anna", "bob", MESSAGE, "m1")
        .expectReported(0, 0)
        .expectNothingWaits("anna");
  }

  @Test
  void remnant_goes_when_its_ids_need_not_be_remembered() {
    var shard = toldAtOnce();
    assertThat(shard.machine().cut().size()).isEqualTo(1);
    shard.advance(Duration.ofHours(24).minusMillis(1)).pull();
    assertThat(shard.machine().cut().size()).isZero();
    shard.advance(millis(1)).pull();
    shard.machine().cut().forEach((_, record) -> assertThat(record).isNull());
  }

  @Test
  void seq_of_a_new_backlog_is_above_all_that_went() {
    // TRAPS 14, 39: a clear that was meant for an earlier backlog comes late.
    shard()
        .report("anna", "bob", MESSAGE)
        .report("anna", "bob", MESSAGE)
        .visit("anna")
        .report("anna", "carl", MESSAGE)
        .clearUpTo("anna", 2)
        .expectCleared(0)
        .expectWaits("anna", 1, minutes(30));
  }

  @Test
  void clock_that_goes_back_is_ignored() {
    shard()
        .report("anna", "bob", MESSAGE)
        .advance(minutes(-5))
        .report("carl", "bob", MESSAGE)
        .advance(minutes(5))
        .expectWaits("carl", 1, minutes(30));
  }

  private static ShardHarness toldAtOnce() {
    return shard()
        .reportWithId("anna", "bob", MATCH, "m1")
        .pull()
        .expectDue("anna")
        .confirm("anna")
        .expectSettled()
        .expectNothingWaits("anna");
  }
}
