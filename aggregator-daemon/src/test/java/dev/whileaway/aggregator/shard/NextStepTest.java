package dev.whileaway.aggregator.shard;

import static dev.whileaway.aggregator.shard.ShardHarness.MATCH;
import static dev.whileaway.aggregator.shard.ShardHarness.PUSHED;
import static dev.whileaway.aggregator.shard.ShardHarness.minutes;
import static dev.whileaway.aggregator.shard.ShardHarness.shard;
import static dev.whileaway.v1.Channel.CHANNEL_EMAIL;
import static dev.whileaway.v1.Channel.CHANNEL_PUSH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.v1.Reason;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A pull may leave out backlogs whose next step has no room (TRAPS 36).
class NextStepTest {

  /// Anna waits for her e-mail, due before Bob, who waits for his push.
  private static ShardHarness annaForEmailBobForPush() {
    return shard()
        .report("anna", "x", MATCH)
        .pull()
        .beginSend("anna", PUSHED)
        .cancel("anna", Duration.ZERO, Reason.REASON_SENT, Flag.PUSH_SENT)
        .advance(minutes(1))
        .report("bob", "x", MATCH);
  }

  @Test
  void pull_for_pushes_leaves_those_out_that_wait_for_an_email() {
    annaForEmailBobForPush().pullFor(CHANNEL_PUSH).expectDue("bob").pull().expectDue("anna");
  }

  @Test
  void pull_for_emails_leaves_those_out_that_wait_for_a_push() {
    annaForEmailBobForPush().pullFor(CHANNEL_EMAIL).expectDue("anna").pull().expectDue("bob");
  }

  @Test
  void pull_for_both_takes_those_due_first() {
    annaForEmailBobForPush().pullFor(CHANNEL_PUSH, CHANNEL_EMAIL).expectDue("anna", "bob");
    annaForEmailBobForPush().pull("worker", 1).expectDue("anna");
  }

  @Test
  void urgent_event_brings_a_backlog_back_to_its_push() {
    annaForEmailBobForPush()
        .report("anna", "y", MATCH)
        .pullFor(CHANNEL_EMAIL)
        .expectNothingDue()
        .pullFor(CHANNEL_PUSH)
        .expectDue("anna", "bob");
  }

  @Test
  void nothing_is_due_of_a_step_that_nobody_waits_at() {
    var view = annaForEmailBobForPush().pullFor(CHANNEL_EMAIL).machine().view();
    long now = view.nowMillis();

    assertThat(view.anythingDue(now, Set.of(CHANNEL_EMAIL))).isFalse();
    assertThat(view.anythingDue(now, Set.of(CHANNEL_PUSH))).isTrue();
    assertThat(view.anythingDue(now)).isTrue();
  }
}
