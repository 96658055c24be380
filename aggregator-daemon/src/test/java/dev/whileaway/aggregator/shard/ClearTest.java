package dev.whileaway.aggregator.shard;

import static dev.whileaway.aggregator.shard.ShardHarness.CONFIRM;
import static dev.whileaway.aggregator.shard.ShardHarness.FAVOURITE;
import static dev.whileaway.aggregator.shard.ShardHarness.MATCH;
import static dev.whileaway.aggregator.shard.ShardHarness.MESSAGE;
import static dev.whileaway.aggregator.shard.ShardHarness.PUSHED;
import static dev.whileaway.aggregator.shard.ShardHarness.TTL;
import static dev.whileaway.aggregator.shard.ShardHarness.VISIT;
import static dev.whileaway.aggregator.shard.ShardHarness.minutes;
import static dev.whileaway.aggregator.shard.ShardHarness.shard;
import static dev.whileaway.aggregator.shard.ShardHarness.shardKeeping;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.shard.ShardReply.Stale;
import dev.whileaway.internal.v1.Attempt.Ending;
import dev.whileaway.internal.v1.Departure.Cause;
import dev.whileaway.v1.Reason;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClearTest {

  @Test
  void visit_clears_everything_and_ends_the_backlog() {
    // TRAPS 28
    shard()
        .report("anna", "bob", MESSAGE)
        .report("anna", "bob", VISIT)
        .visit("anna")
        .expectCleared(2)
        .expectNothingWaits("anna")
        .advance(minutes(30))
        .pull()
        .expectNothingDue();
  }

  @Test
  void view_clears_the_types_shown_and_keeps_due_time_and_flags() {
    shard()
        .report("anna", "bob", MESSAGE)
        .report("anna", "bob", VISIT)
        .advance(minutes(30))
        .pull()
        .cancel("anna", minutes(10), Reason.REASON_SENT, Flag.PUSH_SENT)
        .view("anna", VISIT, FAVOURITE)
        .expectCleared(1)
        .expectWaits("anna", 1, minutes(10), Flag.PUSH_SENT);
  }

  @Test
  void backlog_that_ended_forgets_its_flags() {
    shard()
        .reportWithId("anna", "bob", MATCH, "m1")
        .pull()
        .cancel("anna", minutes(10), Reason.REASON_SENT, Flag.PUSH_SENT)
        .visit("anna")
        .report("anna", "bob", MESSAGE)
        .expectWaits("anna", 1, minutes(30));
  }

  @Test
  void clear_up_to_n_keeps_what_came_after() {
    // TRAPS 14
    var shard = shard().report("anna", "bob", MESSAGE);
    long shown = shard.backlog("anna").throughSeq();
    shard
        .report("anna", "carl", MESSAGE)
        .clearUpTo("anna", shown - 1)
        .expectCleared(0)
        .clearUpTo("anna", shown)
        .expectCleared(1)
        .expectWaits("anna", 1, minutes(30))
        .clearUpTo("anna", shown + 1)
        .expectCleared(1);
  }

  @Test
  void scope_holds_as_a_whole() {
    shard()
        .report("anna", "bob", MESSAGE)
        .report("anna", "carl", MESSAGE)
        .report("anna", "bob", VISIT)
        .report("anna", "bob", MESSAGE)
        .clear("anna", new ClearScope(Set.of(MESSAGE), 3, "bob"))
        .expectCleared(1)
        .expectWaits("anna", 3, minutes(30));
  }

  @Test
  void clear_for_nobody_clears_nothing() {
    shard().visit("anna").expectCleared(0);
  }

  @Test
  void clear_during_a_lease_stops_the_send_of_what_was_cleared() {
    // TRAPS 14
    var shard =
        shard()
            .report("anna", "bob", MESSAGE)
            .report("anna", "carl", MATCH)
            .pull()
            .view("anna", MESSAGE)
            .beginSend("anna", CONFIRM)
            .expectStale(1);
    LeasedBacklog left = ((Stale) shard.reply()).left();
    assertThat(left.lease()).isEqualTo(shard.lease("anna"));
    assertThat(left.lease().leaseId()).isGreaterThan(1);
    assertThat(left.events()).extracting("sender").containsExactly("carl");
    shard
        .advance(TTL.minusMillis(1))
        .beginSend("anna", CONFIRM)
        .expectGo()
        .confirm("anna")
        .expectSettled()
        .expectCount(Counter.TOLD, 1)
        .expectCount(Counter.CLEARED, 1);
  }

  @Test
  void begin_send_whose_stale_got_lost_is_told_stale_again() {
    // TRAPS 14: otherwise the worker, asking once more, would be let send what was cleared.
    var shard = shard().report("anna", "bob", MESSAGE).report("anna", "carl", MATCH).pull();
    LeaseKey asked = shard.lease("anna");
    shard
        .view("anna", MESSAGE)
        .beginSend(asked, CONFIRM)
        .expectStale(1)
        .beginSend(asked, CONFIRM)
        .expectStale(1)
        .beginSend("anna", CONFIRM)
        .expectGo()
        .beginSend(asked, CONFIRM)
        .expectLost("but lease 2 holds the backlog")
        .confirm(asked, Reason.REASON_SENT)
        .expectLost("but lease 2 holds the backlog")
        .confirm("anna")
        .expectSettled();
  }

  @Test
  void clear_of_everything_leased_ends_the_lease() {
    // TRAPS 28
    shard()
        .report("anna", "bob", MATCH)
        .pull()
        .visit("anna")
        .expectNothingWaits("anna")
        .beginSend("anna", CONFIRM)
        .expectStale(0)
        .beginSend("anna", CONFIRM)
        .expectStale(0)
        .confirm("anna")
        .expectLost("all that it covered was cleared")
        .expectEndings("anna", Ending.ENDING_EMPTIED);
  }

  @Test
  void event_of_the_lease_time_survives_a_clear_of_all_that_was_leased() {
    var shard = shard().report("anna", "bob", MATCH).pull();
    long leased = shard.onlyDue().throughSeq();
    shard
        .report("anna", "carl", MESSAGE)
        .clearUpTo("anna", leased)
        .expectWaits("anna", 1, minutes(30));
  }

  @Test
  void clear_of_an_event_of_the_lease_time_does_not_disturb_the_lease() {
    shard()
        .report("anna", "bob", MATCH)
        .pull()
        .report("anna", "carl", VISIT)
        .view("anna", VISIT)
        .beginSend("anna", CONFIRM)
        .expectGo();
  }

  @Test
  void clear_while_sending_leaves_the_lease_to_its_answer() {
    shard()
        .report("anna", "bob", MATCH)
        .pull()
        .beginSend("anna", PUSHED)
        .visit("anna")
        .expectNothingWaits("anna")
        .beginSend("anna", PUSHED)
        .expectGo()
        .report("anna", "carl", MESSAGE)
        .advance(Duration.ofSeconds(1))
        .cancel("anna", minutes(10), Reason.REASON_SENT, Flag.PUSH_SENT)
        .expectSettled()
        .expectWaits("anna", 1, minutes(30).minusSeconds(1));
  }

  @Test
  void cleared_events_are_in_the_ledger() {
    var shard = shard().report("anna", "bob", MESSAGE).visit("anna");
    assertThat(shard.ledger("anna")).hasSize(1);
    assertThat(shard.ledger("anna").getFirst().getDeparture().getCause())
        .isEqualTo(Cause.CAUSE_CLEARED);
    assertThat(shard.ledger("anna").getFirst().getDeparture().getEventsList())
        .extracting("sender")
        .containsExactly("bob");
  }

  @Test
  void clear_of_what_gave_way_during_a_lease_stops_its_send() {
    // TRAPS 14: only numbers are left of the message of carl, but the worker has it.
    shardKeeping(2)
        .report("anna", "bob", MATCH)
        .report("anna", "carl", MESSAGE)
        .pull()
        .report("anna", "dora", MESSAGE)
        .clear("anna", new ClearScope(Set.of(), Long.MAX_VALUE, "carl"))
        .expectCleared(0)
        .beginSend("anna", CONFIRM)
        .expectStale(1);
  }

  @Test
  void clear_of_a_sender_of_whom_nothing_gave_way_leaves_the_lease_alone() {
    shardKeeping(2)
        .report("anna", "bob", MATCH)
        .report("anna", "carl", MESSAGE)
        .pull()
        .report("anna", "dora", MESSAGE)
        .clear("anna", new ClearScope(Set.of(), Long.MAX_VALUE, "emil"))
        .beginSend("anna", CONFIRM)
        .expectGo();
  }

  @Test
  void events_that_gave_way_are_cleared_with_their_whole_type() {
    shardKeeping(2)
        .report("anna", "bob", MESSAGE)
        .report("anna", "bob", MESSAGE)
        .report("anna", "bob", MESSAGE)
        .report("anna", "bob", VISIT)
        .expectCount(Counter.GAVE_WAY, 2)
        .view("anna", MESSAGE)
        .expectCleared(3)
        .expectWaits("anna", 1, minutes(30));
  }

  @Test
  void events_that_gave_way_stay_while_a_newer_one_of_them_was_not_shown() {
    var shard =
        shardKeeping(1)
            .report("anna", "bob", MESSAGE)
            .report("anna", "bob", MESSAGE)
            .report("anna", "bob", MESSAGE);
    shard.clearUpTo("anna", 1).expectCleared(0).clearUpTo("anna", 2).expectCleared(2);
    shard.expectWaits("anna", 1, minutes(30));
  }
}
