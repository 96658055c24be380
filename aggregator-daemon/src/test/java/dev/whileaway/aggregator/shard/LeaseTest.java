package dev.whileaway.aggregator.shard;

import static dev.whileaway.aggregator.shard.ShardHarness.CONFIRM;
import static dev.whileaway.aggregator.shard.ShardHarness.MATCH;
import static dev.whileaway.aggregator.shard.ShardHarness.MESSAGE;
import static dev.whileaway.aggregator.shard.ShardHarness.NOTHING;
import static dev.whileaway.aggregator.shard.ShardHarness.PUSHED;
import static dev.whileaway.aggregator.shard.ShardHarness.TTL;
import static dev.whileaway.aggregator.shard.ShardHarness.minutes;
import static dev.whileaway.aggregator.shard.ShardHarness.shard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.internal.v1.Attempt.Ending;
import dev.whileaway.v1.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  @Test
  void due_backlog_is_leased_to_one_worker_only() {
    // TRAPS 3
    shard()
        .report("anna", "bob", MATCH)
        .pull("first", 10)
        .expectDue("anna")
        .pull("second", 10)
        .expectNothingDue();
  }

  @Test
  void pull_takes_those_due_first_up_to_its_limit() {
    shard()
        .report("anna", "x", MATCH)
        .advance(minutes(1))
        .report("carl", "x", MATCH)
        .report("bob", "x", MATCH)
        .pull("w", 2)
        .expectDue("anna", "bob")
        .pull("w", 2)
        .expectDue("carl");
  }

  @Test
  void large_backlogs_come_in_several_pulls() {
    // TRAPS 30
    var shard = shard();
    String data = "x".repeat(4096);
    int users = 24;
    for (int user = 0; user < users; user++) {
      for (int event = 0; event < 100; event++) {
        shard.report(
            new NewEvent(new UserId("user-" + user), "s", MATCH, data, "", 0, true, DAY_MILLIS));
      }
    }

    int first = shard.pull("w", 1000).pulled().due().size();
    int second = shard.pull("w", 1000).pulled().due().size();

    assertThat(first).isEqualTo(Math.ceilDiv(PullDecider.DATA_MAX, 100 * data.length()));
    assertThat(second).isEqualTo(users - first);
  }

  @Test
  void lease_ids_grow() {
    var shard = shard().report("anna", "x", MATCH).report("bob", "x", MATCH).pull();
    assertThat(shard.lease("bob").leaseId()).isGreaterThan(shard.lease("anna").leaseId());
    long before = shard.lease("anna").leaseId();
    shard.cancel("anna", Duration.ZERO, Reason.REASON_ONLINE).pull();
    assertThat(shard.lease("anna").leaseId()).isGreaterThan(before + 1);
  }

  @Test
  void confirm_ends_the_backlog() {
    shard()
        .report("anna", "bob", MATCH)
        .pull()
        .beginSend("anna", CONFIRM)
        .expectGo()
        .confirm("anna")
        .expectSettled()
        .expectNothingWaits("anna")
        .expectCount(Counter.TOLD, 1)
        .expectEndings("anna", Ending.ENDING_CONFIRMED);
  }

  @Test
  void cancel_keeps_the_backlog_and_its_push_flag() {
    // TRAPS 11, 27
    shard()
        .report("anna", "bob", MATCH)
        .pull()
        .beginSend("anna", PUSHED)
        .cancel("anna", minutes(10), Reason.REASON_SENT, Flag.PUSH_SENT)
        .expectWaits("anna", 1, minutes(10), Flag.PUSH_SENT)
        .advance(minutes(10))
        .pull()
        .cancel("anna", minutes(5), Reason.REASON_ONLINE, Flag.ONLINE)
        .expectWaits("anna", 1, minutes(5), Flag.PUSH_SENT, Flag.ONLINE)
        .advance(minutes(5))
        .pull()
        .cancel("anna", minutes(1), Reason.REASON_PROVIDER_BUSY)
        .expectWaits("anna", 1, minutes(1), Flag.PUSH_SENT);
  }

  @Test
  void attempts_grow_with_failures_and_begin_anew_with_the_next_step() {
    // TRAPS 17, 18
    var shard = shard().report("anna", "bob", MATCH).pull();
    assertThat(shard.onlyDue().attempts()).isZero();
    shard.cancel("anna", Duration.ZERO, Reason.REASON_PROVIDER_BUSY).pull();
    assertThat(shard.onlyDue().attempts()).isEqualTo(1);
    shard.cancel("anna", Duration.ZERO, Reason.REASON_ONLINE, Flag.ONLINE).pull();
    assertThat(shard.onlyDue().attempts()).isEqualTo(1);
    shard.cancel("anna", Duration.ZERO, Reason.REASON_FAILED).pull();
    assertThat(shard.onlyDue().attempts()).isEqualTo(2);
    shard.advance(TTL).pull();
    assertThat(shard.onlyDue().attempts()).isEqualTo(3);
    shard.cancel("anna", Duration.ZERO, Reason.REASON_SENT, Flag.PUSH_SENT).pull();
    assertThat(shard.onlyDue().attempts()).isZero();
  }

  @Test
  void event_of_the_lease_time_survives_the_confirm_and_opens_its_own_window() {
    // TRAPS 13
    shard()
        .report("anna", "bob", MATCH)
        .pull()
        .beginSend("anna", CONFIRM)
        .advance(Duration.ofSeconds(20))
        .report("anna", "carl", MESSAGE)
        .advance(Duration.ofSeconds(20))
        .confirm("anna")
        .expectWaits("anna", 1, minutes(30).minusSeconds(20));
  }

  @Test
  void urgent_event_of_the_lease_time_is_due_at_once_after_the_confirm() {
    shard()
        .report("anna", "bob", MATCH)
        .pull()
        .report("anna", "dora", MESSAGE)
        .report("anna", "carl", MATCH)
        .confirm("anna")
        .expectWaits("anna", 2, Duration.ZERO);
  }

  @Test
  void event_of_the_lease_time_joins_the_backlog_when_the_lease_is_cancelled() {
    shard()
        .report("anna", "bob", MATCH)
        .pull()
        .report("anna", "carl", MESSAGE)
        .cancel("anna", minutes(10), Reason.REASON_SENT, Flag.PUSH_SENT)
        .expectWaits("anna", 2, minutes(10), Flag.PUSH_SENT);
  }

  @Test
  void urgent_event_of_the_lease_time_restarts_the_ladder_when_the_lease_is_cancelled() {
    shard()
        .report("anna", "bob", MATCH)
        .pull()
        .report("anna", "carl", MATCH)
        .cancel("anna", minutes(10), Reason.REASON_SENT, Flag.PUSH_SENT)
        .expectWaits("anna", 2, Duration.ZERO);
  }

  @Test
  void lease_one_millisecond_before_its_expiry_is_held() {
    // TRAPS 38
    shard()
        .report("anna", "bob", MATCH)
        .pull()
        .advance(TTL.minusMillis(1))
        .pull()
        .expectNothingDue()
        .beginSend("anna", CONFIRM)
        .expectGo();
  }

  @Test
  void lease_at_its_expiry_is_lost_even_if_nobody_swept_it() {
    // TRAPS 4
    var shard = shard().report("anna", "bob", MATCH).pull().advance(TTL);
    shard.beginSend("anna", CONFIRM).expectLost("it expired at");
    shard.confirm("anna").expectLost("it expired at");
    shard.cancel("anna", minutes(1), Reason.REASON_ONLINE).expectLost("it expired at");
  }

  @Test
  void lease_one_millisecond_after_its_expiry_is_due_again_and_its_holder_is_refused() {
    // TRAPS 4, 20
    var shard = shard().report("anna", "bob", MATCH).pull();
    LeaseKey stale = shard.lease("anna");
    shard.advance(TTL.plusMillis(1)).pull().expectDue("anna");
    shard.confirm(stale, Reason.REASON_SENT).expectLost("it expired before its sends began");
    shard.confirm("anna").expectSettled();
    shard.expectEndings("anna", Ending.ENDING_EXPIRED_UNSENT, Ending.ENDING_CONFIRMED);
  }

  @Test
  void begin_send_renews_the_whole_lease() {
    // TRAPS 4, 38
    shard()
        .report("anna", "bob", MATCH)
        .pull()
        .advance(TTL.minusMillis(1))
        .beginSend("anna", CONFIRM)
        .expectGo()
        .advance(TTL.minusMillis(1))
        .confirm("anna")
        .expectSettled();
  }

  @Test
  void sender_that_died_after_begin_send_is_presumed_to_have_confirmed() {
    // TRAPS 6
    shard()
        .report("anna", "bob", MATCH)
        .pull()
        .beginSend("anna", CONFIRM)
        .advance(TTL)
        .pull()
        .expectNothingDue()
        .expectNothingWaits("anna")
        .expectEndings("anna", Ending.ENDING_UNKNOWN_CONFIRMED)
        .confirm("anna")
        .expectLost("counts as confirmed");
  }

  @Test
  void sender_that_died_after_begin_of_a_push_is_presumed_to_have_pushed() {
    // TRAPS 6, 27
    shard()
        .report("anna", "bob", MATCH)
        .pull()
        .beginSend("anna", PUSHED)
        .advance(TTL)
        .pull()
        .expectNothingDue()
        .expectWaits("anna", 1, minutes(10), Flag.PUSH_SENT)
        .expectEndings("anna", Ending.ENDING_UNKNOWN_CANCELLED);
  }

  @Test
  void sender_that_died_may_be_presumed_to_have_done_nothing() {
    shard()
        .report("anna", "bob", MATCH)
        .pull()
        .beginSend("anna", NOTHING)
        .advance(TTL)
        .pull()
        .expectDue("anna")
        .expectEndings("anna", Ending.ENDING_UNKNOWN_RESEND);
  }

  @Test
  void begin_send_twice_is_go_twice_and_does_not_renew_twice() {
    shard()
        .report("anna", "bob", MATCH)
        .pull()
        .beginSend("anna", CONFIRM)
        .advance(TTL.dividedBy(2))
        .beginSend("anna", CONFIRM)
        .expectGo()
        .advance(TTL.dividedBy(2))
        .confirm("anna")
        .expectLost("it expired");
  }

  @Test
  void begin_send_of_something_else_is_refused() {
    shard()
        .report("anna", "bob", MATCH)
        .pull()
        .beginSend("anna", PUSHED)
        .beginSend("anna", CONFIRM)
        .expectLost("it began others by CHANNEL_PUSH");
  }

  @Test
  void repeated_answers_are_answered_alike() {
    // TRAPS 2, 9
    shard()
        .report("anna", "bob", MATCH)
        .pull()
        .confirm("anna")
        .confirm("anna")
        .expectSettled()
        .cancel("anna", minutes(1), Reason.REASON_ONLINE)
        .expectLost("it was confirmed")
        .expectCount(Counter.TOLD, 1);
    shard()
        .report("anna", "bob", MATCH)
        .pull()
        .cancel("anna", minutes(1), Reason.REASON_ONLINE)
        .cancel("anna", minutes(1), Reason.REASON_ONLINE)
        .expectSettled()
        .confirm("anna")
        .expectLost("it was cancelled")
        .expectCount(Counter.CANCELLED, 1);
  }

  @Test
  void answer_for_nobody_is_lost() {
    shard()
        .confirm(new LeaseKey(new UserId("anna"), 7), Reason.REASON_SENT)
        .expectLost("expected lease 7 of user anna to be held, but no lease holds the backlog");
  }

  @Test
  void backlog_whose_lease_expired_moves_back_in_the_due_order() {
    // TRAPS 34, 35
    shard()
        .report("anna", "x", MATCH)
        .advance(Duration.ofSeconds(30))
        .report("bob", "x", MATCH)
        .pull("w", 1)
        .expectDue("anna")
        .advance(TTL)
        .pull("w", 1)
        .expectDue("bob")
        .pull("w", 1)
        .expectDue("anna");
  }

  @Test
  void backlog_that_was_cancelled_moves_back_in_the_due_order() {
    // TRAPS 34
    shard()
        .report("anna", "x", MATCH)
        .report("bob", "x", MATCH)
        .pull("w", 1)
        .expectDue("anna")
        .advance(Duration.ofMillis(1))
        .cancel("anna", Duration.ZERO, Reason.REASON_FAILED)
        .pull("w", 1)
        .expectDue("bob");
  }

  @Test
  void one_failing_backlog_does_not_hold_up_the_others() {
    // TRAPS 8
    shard()
        .report("anna", "x", MATCH)
        .report("bob", "x", MATCH)
        .report("carl", "x", MATCH)
        .pull()
        .cancel("bob", minutes(1), Reason.REASON_FAILED)
        .confirm("anna")
        .expectSettled()
        .confirm("carl")
        .expectSettled()
        .expectWaits("bob", 1, minutes(1));
  }
}
