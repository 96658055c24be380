package dev.whileaway.aggregator.shard;

import static dev.whileaway.aggregator.shard.ShardHarness.CONFIRM;
import static dev.whileaway.aggregator.shard.ShardHarness.MATCH;
import static dev.whileaway.aggregator.shard.ShardHarness.MESSAGE;
import static dev.whileaway.aggregator.shard.ShardHarness.VISIT;
import static dev.whileaway.aggregator.shard.ShardHarness.minutes;
import static dev.whileaway.aggregator.shard.ShardHarness.shard;
import static dev.whileaway.aggregator.shard.ShardHarness.shardKeeping;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.shard.LeasedBacklog.TypeTotal;
import dev.whileaway.internal.v1.Departure.Cause;
import dev.whileaway.v1.Reason;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OverflowTest {

  @Test
  void full_backlog_lets_the_oldest_of_the_fullest_type_give_way() {
    var shard =
        shardKeeping(3)
            .report("anna", "v1", VISIT)
            .report("anna", "m1", MESSAGE)
            .report("anna", "m2", MESSAGE)
            .report("anna", "m3", MESSAGE);
    assertThat(shard.backlog("anna").events())
        .extracting("sender")
        .containsExactly("v1", "m2", "m3");
    assertThat(shard.backlog("anna").totals())
        .containsExactly(new TypeTotal(MESSAGE, 3, 3), new TypeTotal(VISIT, 1, 1));
  }

  @Test
  void ten_thousand_events_take_bounded_room_and_keep_exact_totals() {
    // TRAPS 30
    var shard = shard();
    for (int i = 0; i < 10_000; i++) {
      shard.report("anna", "sender" + i % 900, i % 10 == 0 ? VISIT : MESSAGE);
    }
    assertThat(shard.backlog("anna").events()).hasSize(200);
    assertThat(shard.backlog("anna").totals())
        .containsExactly(new TypeTotal(MESSAGE, 9000, 810), new TypeTotal(VISIT, 1000, 90));
    assertThat(shard.machine().view().pendingEvents()).isEqualTo(10_000);
    shard.machine().cut().forEach((_, record) -> assertThat(record).hasSizeLessThan(20_000));
    shard.advance(minutes(30)).pull().confirm("anna").expectCount(Counter.TOLD, 10_000);
  }

  @Test
  void senders_are_counted_up_to_the_bound_and_the_bound_is_counted() {
    var shard = shardKeeping(1);
    for (int i = 0; i < 1_011; i++) {
      shard.report("anna", "sender" + i, MESSAGE);
    }
    shard.expectCount(Counter.SENDER_NOT_COUNTED, 10);
    assertThat(shard.backlog("anna").totals())
        .containsExactly(new TypeTotal(MESSAGE, 1_011, 1_001));
  }

  @Test
  void giving_way_is_noted_once_a_backlog() {
    var shard = shardKeeping(1);
    for (int i = 0; i < 10; i++) {
      shard.report("anna", "bob", MESSAGE);
    }
    assertThat(shard.ledger("anna")).hasSize(1);
    assertThat(shard.ledger("anna").getFirst().getDeparture().getCause())
        .isEqualTo(Cause.CAUSE_GAVE_WAY);
    shard.advance(minutes(30)).pull().confirm("anna");
    assertThat(shard.ledger("anna").getLast().getAttempt().getCountedEventsList())
        .containsExactly(9L);
  }

  @Test
  void event_that_gives_way_during_a_lease_stays_with_the_lease() {
    // TRAPS 13, 30
    var shard =
        shardKeeping(2)
            .report("anna", "a", MATCH)
            .report("anna", "b", MATCH)
            .pull()
            .beginSend("anna", CONFIRM)
            .report("anna", "c", MATCH)
            .report("anna", "d", MATCH)
            .report("anna", "e", MATCH)
            .confirm("anna")
            .expectCount(Counter.TOLD, 2)
            .expectWaits("anna", 2, Duration.ZERO);
    assertThat(shard.backlog("anna").totals()).containsExactly(new TypeTotal(MATCH, 3, 3));
    shard.pull();
    assertThat(shard.onlyDue().totals()).containsExactly(new TypeTotal(MATCH, 3, 3));
  }

  @Test
  void event_that_gave_way_during_a_lease_opens_the_next_window_all_the_same() {
    var shard =
        shardKeeping(1)
            .report("anna", "a", MATCH)
            .pull()
            .beginSend("anna", CONFIRM)
            .report("anna", "b", MESSAGE)
            .advance(Duration.ofSeconds(10))
            .report("anna", "c", MESSAGE)
            .confirm("anna")
            .expectWaits("anna", 1, minutes(30).minusSeconds(10));
    assertThat(shard.backlog("anna").totals()).containsExactly(new TypeTotal(MESSAGE, 2, 2));
  }

  @Test
  void what_gave_way_joins_again_when_the_lease_is_cancelled() {
    var shard =
        shardKeeping(1)
            .report("anna", "a", MATCH)
            .pull()
            .report("anna", "b", MATCH)
            .report("anna", "c", MATCH)
            .cancel("anna", minutes(5), Reason.REASON_ONLINE)
            .expectWaits("anna", 1, Duration.ZERO);
    assertThat(shard.backlog("anna").totals()).containsExactly(new TypeTotal(MATCH, 3, 3));
  }

  @Test
  void clear_that_leaves_no_kept_event_under_a_lease_clears_all_that_gave_way() {
    shardKeeping(1)
        .report("anna", "a", MATCH)
        .pull()
        .report("anna", "b", MESSAGE) // what the lease covers is only counted now
        .clear("anna", new ClearScope(Set.of(), Long.MAX_VALUE, "b"))
        .expectCleared(2)
        .expectNothingWaits("anna")
        .expectCount(Counter.CLEARED, 2);
  }

  @Test
  void clear_that_leaves_no_kept_event_of_a_lease_time_clears_those_of_it_that_gave_way() {
    shardKeeping(2)
        .report("anna", "a", MATCH)
        .pull()
        .beginSend("anna", CONFIRM)
        .report("anna", "b", MESSAGE)
        .report("anna", "c", MESSAGE) // the message of b gives way, and goes with that of c
        .clear("anna", new ClearScope(Set.of(), Long.MAX_VALUE, "c"))
        .expectCleared(2)
        .confirm("anna")
        .expectNothingWaits("anna")
        .expectCount(Counter.TOLD, 1)
        .expectCount(Counter.CLEARED, 2);
  }

  @Test
  void id_of_an_event_that_gave_way_is_known_while_it_is_counted_and_24_hours_after() {
    var shard =
        shardKeeping(1)
            .reportWithId("anna", "a", MESSAGE, "m1")
            .report("anna", "b", MESSAGE)
            .advance(Duration.ofDays(3))
            .reportWithId("anna", "a", MESSAGE, "m1")
            .expectReported(0, 0)
            .pull()
            .confirm("anna")
            .advance(Duration.ofHours(24).minusMillis(1));
    shard.reportWithId("anna", "a", MESSAGE, "m1").expectReported(0, 0);
    shard.advance(Duration.ofMillis(1));
    shard.reportWithId("anna", "a", MESSAGE, "m1").expectReported(1);
  }

  @Test
  void event_ids_are_remembered_up_to_the_bound_and_the_bound_is_counted() {
    var shard = shard();
    for (int i = 0; i < EventIds.MAX + 5; i++) {
      shard.reportWithId("anna", "a", MESSAGE, "m" + i).visit("anna");
    }
    shard.expectCount(Counter.EVENT_ID_FORGOTTEN, 5);
    shard.reportWithId("anna", "a", MESSAGE, "m5").expectReported(0, 0);
    shard.reportWithId("anna", "a", MESSAGE, "m4").expectReported(1);
  }
}
