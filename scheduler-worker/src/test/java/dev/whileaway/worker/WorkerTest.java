package dev.whileaway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.whileaway.presence.PresenceReading;
import dev.whileaway.v1.BacklogFlag;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.Reason;
import dev.whileaway.v1.Step;
import dev.whileaway.worker.FakeDaemon.Call;
import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What a user is told, and when, by the whole worker against a daemon that can be told to fail.
class WorkerTest extends WorkerFixture {

  @Test
  void ladder_pushThenMailTenMinutesLater() {
    due("anna", "t1", "t2");
    start();

    awaitAnswers("anna", 1);
    assertThat(outbox.tokens()).containsExactlyInAnyOrder("t1", "t2");
    assertThat(outbox.mails).isEmpty();
    assertThat(answers("anna").getFirst().dueAgainAfter()).contains(Duration.ofMinutes(10));

    daemon.clock.advance(Duration.ofMinutes(10).minusMillis(1));
    letTicksPass();
    assertThat(outbox.mails).isEmpty();

    daemon.clock.advance(Duration.ofMillis(1));
    awaitAnswers("anna", 2);
    assertThat(outbox.mails).extracting(Mail::toAddress).containsExactly("anna@example.org");
    assertThat(pending("anna")).isFalse();
    assertThat(counted("sent", "channel", "push", "outcome", "accepted")).isEqualTo(2);
    assertThat(metrics.timer("whileaway.worker.due.to.accepted", "channel", "email").count())
        .isEqualTo(1);
  }

  @Test
  void watchedUser_hasEachStepInTheLedger_othersCostNothing() {
    due("bea", "t2");
    daemon.profile(profile("anna", "secret-token-1").toBuilder().setWatched(true).build());
    daemon.report("anna", "message", "bob");
    start();
    awaitAnswers("anna", 1);
    awaitAnswers("bea", 1);
    eventually().until(() -> !daemon.steps.isEmpty());
    letTicksPass();

    assertThat(daemon.steps).extracting(one -> one.getLease().getUser()).containsExactly("anna");
    List<Step> steps = daemon.steps.getFirst().getStepsList();
    assertThat(steps)
        .extracting(Step::getWhat)
        .satisfiesExactly(
            leased -> assertThat(leased).contains("before any push, attempt 1", "1 message from 1"),
            known -> assertThat(known).contains("FCM …oken-1", "pushes on", "on the web never"),
            planned -> assertThat(planned).contains("push to 1 device; digest", "then EMAIL"),
            placed -> assertThat(placed).isEqualTo("rendered, places taken: 1; no limit"),
            sending ->
                assertThat(sending)
                    .isEqualTo(
                        "begin-send: GO; presumed: cancel for PT10M with"
                            + " [BACKLOG_FLAG_PUSH_SENT]"),
            told -> assertThat(told).startsWith("FCM …oken-1: accepted as"),
            settled -> assertThat(settled).startsWith("cancelled for PT10M as REASON_SENT"));
    assertThat(steps)
        .extracting(step -> Timestamps.toMillis(step.getAt()))
        .containsOnly(daemon.clock.millis());
  }

  // TRAPS 11
  @Test
  void userWasOnline_andNeverCameBack_isToldAfterTheGrace() {
    due("anna", "t1");
    long now = daemon.clock.millis();
    daemon.presence("anna", new PresenceReading(now, 0, 0));
    start();

    awaitAnswers("anna", 1);
    assertThat(answers("anna").getFirst().reason()).isEqualTo(Reason.REASON_ONLINE);
    assertThat(flags("anna")).containsExactly(BacklogFlag.BACKLOG_FLAG_ONLINE);
    for (int i = 2; i <= 3; i++) {
      daemon.clock.advance(Duration.ofMinutes(5));
      awaitAnswers("anna", i);
    }
    assertThat(outbox.pushes).isEmpty();

    daemon.clock.advance(Duration.ofMinutes(5));
    awaitAnswers("anna", 4);
    assertThat(outbox.tokens()).containsExactly("t1");
  }

  // TRAPS 27
  @Test
  void everyTokenIsDead_theMailFollowsAtOnce_andTheTokensLeave() {
    due("anna", "t1", "t2");
    Instant since = daemon.clock.instant().minusSeconds(60);
    outbox.onPush =
        push ->
            new Outcome.Unregistered(
                push.device().getToken().equals("t1") ? Optional.of(since) : Optional.empty(), "");
    start();

    awaitAnswers("anna", 2);
    assertThat(outbox.mails).hasSize(1);
    assertThat(answers("anna").getFirst().dueAgainAfter()).contains(Duration.ZERO);
    eventually().until(() -> daemon.count(Call.UNREGISTER) == 2);
    for (var gone : daemon.shard(_ -> List.copyOf(daemon.unregistered))) {
      Instant expected = gone.getToken().equals("t1") ? since : daemon.clock.instant();
      assertThat(Timestamps.toMillis(gone.getUnlessRegisteredAfter()))
          .isEqualTo(expected.toEpochMilli());
    }
  }

  // TRAPS 29
  @Test
  void senderIsForgottenBeforeTheSend_isLeftOut_recipientForgotten_isNotTold() {
    due("anna", "t1");
    daemon.report("anna", "message", "mallory");
    daemon.forget("mallory");
    due("gone", "t2");
    daemon.forget("gone");
    start();

    awaitAnswers("anna", 1);
    awaitAnswers("gone", 1);
    assertThat(outbox.pushes)
        .singleElement()
        .extracting(p -> p.text().body())
        .isEqualTo("1 events");
    assertThat(answers("gone").getFirst().reason()).isEqualTo(Reason.REASON_NOTHING_LEFT);
  }

  // TRAPS 17, 18
  @Test
  void providerIsBusy_theSameStepIsTriedAgainLater() {
    due("anna", "t1");
    AtomicInteger sends = new AtomicInteger();
    outbox.onPush =
        _ ->
            sends.incrementAndGet() < 3
                ? new Outcome.RetryAfter(Duration.ofSeconds(90), "429")
                : Outbox.ACCEPTED;
    start();

    for (int i = 1; i <= 2; i++) {
      awaitAnswers("anna", i);
      assertThat(answers("anna").getLast().reason()).isEqualTo(Reason.REASON_PROVIDER_BUSY);
      assertThat(flags("anna")).isEmpty();
      daemon.clock.advance(answers("anna").getLast().dueAgainAfter().orElseThrow());
    }
    awaitAnswers("anna", 3);
    assertThat(answers("anna").getLast().reason()).isEqualTo(Reason.REASON_SENT);
    assertThat(outbox.mails).isEmpty();
  }

  // TRAPS 17
  @Test
  void mailServerIsAwayForTwoDays_theDigestIsHeld_andSentOnceItIsBack() {
    due("anna");
    Outcome away = new Outcome.RetryAfter(Duration.ofSeconds(30), "connection refused");
    Instant back = daemon.clock.instant().plus(Duration.ofDays(2));
    outbox.onMail = _ -> daemon.clock.instant().isBefore(back) ? away : Outbox.ACCEPTED;
    start();

    awaitAnswers("anna", 1);
    for (int next = 2; pending("anna"); next++) {
      assertThat(answers("anna").getLast().reason()).isEqualTo(Reason.REASON_PROVIDER_BUSY);
      daemon.clock.advance(answers("anna").getLast().dueAgainAfter().orElseThrow());
      awaitAnswers("anna", next);
    }
    assertThat(answers("anna").size()).isGreaterThan(48);
    assertThat(answers("anna").getLast().reason()).isEqualTo(Reason.REASON_SENT);
  }

  // TRAPS 17
  @Test
  void mailboxRefuses_theDeadLetterKeepsTheReason() {
    due("anna");
    outbox.onMail = _ -> new Outcome.Rejected("550 no such user");
    start();

    awaitAnswers("anna", 1);
    assertThat(answers("anna").getFirst().confirmed()).isTrue();
    eventually().until(() -> counted("settled", "answer", "confirm", "reason", "failed") == 1);
    assertThat(answers("anna").getFirst().reason()).isEqualTo(Reason.REASON_FAILED);
    assertThat(answers("anna").getFirst().detail()).isEqualTo("dead letter: e-mail: rejected");
    assertThat(answers("anna").getFirst().deliveries())
        .extracting(Delivery::getDetail)
        .containsExactly("550 no such user");
  }

  // TRAPS 8, 34
  @Test
  void oneCannotBeRendered_theOthersAreToldOnce_andItMovesBack() {
    for (int i = 0; i < 20; i++) {
      due((i % 5 == 0 ? "poison-" : "user-") + i, "token-" + i);
    }
    start(20, 20);

    eventually().until(() -> outbox.pushes.size() == 16);
    awaitAnswers("poison-0", 1);
    letTicksPass();
    assertThat(outbox.tokens()).hasSize(16).doesNotHaveDuplicates();
    assertThat(answers("poison-0"))
        .singleElement()
        .satisfies(answer -> {
          assertThat(answer.reason()).isEqualTo(Reason.REASON_FAILED);
          assertThat(answer.detail()).contains("no text for poison-0");
          assertThat(answer.dueAgainAfter().orElseThrow()).isPositive();
        });
  }
}
