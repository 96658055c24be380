package dev.whileaway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.v1.Reason;
import dev.whileaway.worker.FakeDaemon.Call;
import dev.whileaway.worker.deliver.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whatever breaks, nobody is told twice and nothing that was cleared is told.
class WorkerOnceTest extends WorkerFixture {

  // TRAPS 3
  @Test
  void manyWorkers_manyDueUsers_eachIsToldOnce() {
    for (int i = 0; i < 400; i++) {
      due("user-" + i, "token-" + i);
    }
    for (int i = 0; i < 4; i++) {
      start(25, 50);
    }

    eventually().until(() -> outbox.pushes.size() >= 400);
    letTicksPass();
    assertThat(outbox.tokens()).hasSize(400).doesNotHaveDuplicates();
  }

  // TRAPS 4
  @Test
  void sendLongerThanTheLease_isNotRepeated_andTheMailStillComes() {
    due("anna", "t1");
    outbox.onPush =
        _ -> {
          daemon.clock.advance(LEASE);
          return Outbox.ACCEPTED;
        };
    start();

    eventually().until(() -> counted("leases.lost") == 1);
    letTicksPass();
    assertThat(outbox.tokens()).containsExactly("t1");

    daemon.clock.advance(Duration.ofMinutes(10));
    eventually().until(() -> outbox.mails.size() == 1);
    assertThat(outbox.tokens()).containsExactly("t1");
  }

  // TRAPS 5
  @Test
  void removingADeadDeviceFails_nothingIsSentAgain() {
    due("anna", "dead", "alive");
    daemon.fail(Call.UNREGISTER, Integer.MAX_VALUE);
    outbox.onPush =
        push ->
            push.device().getToken().equals("dead")
                ? new Outcome.Unregistered(Optional.empty(), "gone")
                : Outbox.ACCEPTED;
    start();

    eventually().until(() -> daemon.count(Call.UNREGISTER) > 1);
    letTicksPass();
    assertThat(outbox.tokens()).containsExactlyInAnyOrder("dead", "alive");
    assertThat(answers("anna")).hasSize(1);
    daemon.fail(Call.UNREGISTER, 0);
  }

  @Test
  void answerIsNotHeardAtFirst_isRepeated_andTheSendIsNot() {
    due("anna", "t1");
    due("bea");
    daemon.fail(Call.CANCEL, 3);
    daemon.fail(Call.CONFIRM, 3);
    start();

    awaitAnswers("anna", 1);
    awaitAnswers("bea", 1);
    assertThat(outbox.tokens()).containsExactly("t1");
    assertThat(outbox.mails).hasSize(1);
  }

  // TRAPS 7
  @Test
  void senderBreaksAtTheThirdDevice_noneGetsItAgain() {
    due("anna", "t1", "t2", "t3");
    outbox.onPush =
        push -> {
          if (push.device().getToken().equals("t3")) {
            throw new IllegalStateException("crash");
          }
          return Outbox.ACCEPTED;
        };
    start();

    awaitAnswers("anna", 1);
    letTicksPass();
    assertThat(outbox.tokens()).containsExactlyInAnyOrder("t1", "t2", "t3");
    assertThat(answers("anna").getFirst().reason()).isEqualTo(Reason.REASON_SENT);
  }

  // TRAPS 8
  @Test
  void oneIsRefusedByTheDaemon_theOthersOfItsBatchGo() {
    for (int i = 0; i < 20; i++) {
      due("user-" + i, "token-" + i);
    }
    daemon.refuse("user-7");
    start(20, 20);

    eventually().until(() -> outbox.pushes.size() == 19);
    awaitAnswers("user-7", 1);
    assertThat(answers("user-7").getFirst().reason()).isEqualTo(Reason.REASON_FAILED);
    assertThat(outbox.tokens()).doesNotContain("token-7").doesNotHaveDuplicates();
  }

  // TRAPS 14, 28
  @Test
  void everythingClearedWhileRendering_nothingIsSent() {
    due("anna", "t1");
    daemon.beforeBegin(shard -> shard.clear("anna", "message"));
    start();

    eventually().until(() -> !pending("anna"));
    letTicksPass();
    assertThat(outbox.pushes).isEmpty();
    assertThat(counted("stale")).isEqualTo(1);
    assertThat(answers("anna")).isEmpty();
  }

  // TRAPS 14
  @Test
  void partClearedWhileRendering_theDigestIsMadeAnewWithTheRest() {
    due("anna", "t1");
    daemon.report("anna", "favourite", "carl").report("anna", "favourite", "dora");
    daemon.beforeBegin(shard -> shard.clear("anna", "message"));
    start();

    awaitAnswers("anna", 1);
    assertThat(outbox.pushes)
        .singleElement()
        .extracting(p -> p.text().body())
        .isEqualTo("2 events");
  }

  // TRAPS 13
  @Test
  void eventDuringTheSend_survivesTheConfirm() {
    due("anna");
    outbox.onMail =
        _ -> {
          daemon.report("anna", "message", "carl");
          return Outbox.ACCEPTED;
        };
    start();

    awaitAnswers("anna", 1);
    assertThat(pending("anna")).isTrue();
  }

  // TRAPS 20
  @Test
  void answerOfThePullGetsLost_theBacklogIsTakenAgainOnceItsLeaseEnds() {
    due("anna", "t1");
    daemon.loseAnswerOfPull();
    start();
    eventually().until(() -> counted("pulls.failed") == 1);
    letTicksPass();
    assertThat(outbox.pushes).isEmpty();

    daemon.clock.advance(LEASE);
    awaitAnswers("anna", 1);
    assertThat(outbox.tokens()).containsExactly("t1");
  }
}
