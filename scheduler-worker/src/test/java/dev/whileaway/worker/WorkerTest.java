package dev.whileaway.worker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Timestamps;
import dev.whileaway.presence.PresenceReading;
import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.EventType;
import dev.whileaway.v1.BacklogFlag;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.Reason;
import dev.whileaway.worker.FakeDaemon.Call;
import dev.whileaway.worker.client.Retry;
import dev.whileaway.worker.client.UserClient;
import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.plan.Policy;
import dev.whileaway.worker.pull.DeviceThreads;
import dev.whileaway.worker.pull.WorkerMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The whole worker against daemons that can be told to fail.
class WorkerTest {

  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration TICK = Duration.ofMillis(10);
  private static final Catalogue CATALOGUE =
      new Catalogue(List.of(type(1, "message"), type(2, "favourite")));

  private final FakeDaemon daemon = new FakeDaemon();
  private final Outbox outbox = new Outbox();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<Worker> workers = new ArrayList<>();

  private static EventType type(int id, String name) {
    return new EventType(id, name, false, Duration.ofMinutes(30), Duration.ofDays(30));
  }

  @AfterEach
  void stop() {
    workers.forEach(Worker::close);
    daemon.close();
  }

  private Worker start() {
    return start(50, 100);
  }

  private Worker start(int batch, int inFlight) {
    String name = "worker-" + workers.size();
    Worker worker =
        Worker.start(
            new WorkerSettings(name, batch, LEASE, TICK, inFlight, Policy.STANDARD),
            daemon.channel,
            CATALOGUE,
            outbox.telling(new DeviceThreads()),
            new WorkerMetrics(metrics, daemon.clock));
    workers.add(worker);
    return worker;
  }

  private static Profile profile(String user, String... tokens) {
    var profile = Profile.newBuilder().setUser(user).setEmail(user + "@example.org");
    for (String token : tokens) {
      profile.addDevices(Device.newBuilder().setToken(token).setPlatform(Platform.PLATFORM_FCM));
    }
    return profile.build();
  }

  private void due(String user, String... tokens) {
    daemon.profile(profile(user, tokens)).report(user, "message", "bob");
  }

  private static ConditionFactory eventually() {
    return await().atMost(15, SECONDS).pollInterval(Duration.ofMillis(5));
  }

  private List<FakeShard.Answered> answers(String user) {
    return daemon.shard(
        shard -> shard.answered.stream().filter(one -> one.user().equals(user)).toList());
  }

  private Set<BacklogFlag> flags(String user) {
    return daemon.shard(shard -> shard.flags(user));
  }

  private boolean pending(String user) {
    return daemon.shard(shard -> shard.pending(user));
  }

  private void awaitAnswers(String user, int count) {
    eventually().until(() -> answers(user).size() >= count);
  }

  /// Gives a wrong second send the time to happen: several ticks in which more is pulled.
  private void letTicksPass() {
    int pulls = daemon.count(Call.PULL);
    eventually().until(() -> daemon.count(Call.PULL) > pulls + 5);
  }

  private double counted(String name, String... tags) {
    return metrics.counter("whileaway.worker." + name, tags).count();
  }

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

  // TRAPS 16
  @Test
  void daemonIsAway_theWorkerRecoversByItself() {
    daemon.fail(Call.PULL, 4);
    start();
    eventually().until(() -> daemon.count(Call.PULL) >= 3);
    due("anna", "t1");

    awaitAnswers("anna", 1);
    assertThat(counted("pulls.failed")).isEqualTo(4);
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

  // TRAPS 33
  @Test
  void slowProvider_noMoreIsLeasedThanThereArePlaces() {
    for (int i = 0; i < 40; i++) {
      due("user-" + i, "token-" + i);
    }
    CountDownLatch provider = new CountDownLatch(1);
    outbox.onPush =
        _ -> {
          provider.await();
          return Outbox.ACCEPTED;
        };
    start(10, 3);

    eventually().until(() -> outbox.pushes.size() == 3);
    letSlowTicksPass();
    assertThat(daemon.<Long>shard(FakeShard::leased)).isEqualTo(3);
    assertThat(metrics.get("whileaway.worker.in.flight").gauge().value()).isEqualTo(3);

    provider.countDown();
    eventually().until(() -> outbox.pushes.size() == 40);
    assertThat(outbox.tokens()).doesNotHaveDuplicates();
  }

  /// With every place taken nothing is pulled, so ticks cannot be counted: real time must do.
  private static void letSlowTicksPass() {
    await().pollDelay(TICK.multipliedBy(10)).until(() -> true);
  }

  @Test
  void moreUsersThanOneCallTakes_areReadInSeveral() {
    Set<String> users =
        IntStream.range(0, 12_000).mapToObj(i -> "user-" + i).collect(Collectors.toSet());
    UserClient client = new UserClient(daemon.channel, new Retry(Duration.ofSeconds(1)));

    assertThat(client.states(users)).hasSize(12_000);
    assertThat(daemon.count(Call.PROFILES)).isEqualTo(3);
  }

  @Test
  void fullBatches_followAtOnce_notAtTheTick() {
    for (int i = 0; i < 300; i++) {
      due("user-" + i, "token-" + i);
    }
    var slowTick =
        new WorkerSettings("slow", 10, LEASE, Duration.ofSeconds(60), 20, Policy.STANDARD);
    workers.add(
        Worker.start(
            slowTick,
            daemon.channel,
            CATALOGUE,
            outbox.telling(new DeviceThreads()),
            new WorkerMetrics(metrics, daemon.clock)));

    eventually().until(() -> outbox.pushes.size() == 300);
  }

  @Test
  void aBatch_isReadInOneCallForProfiles_andOneForPresence() {
    for (int i = 0; i < 20; i++) {
      due("user-" + i, "token-" + i);
    }
    start(50, 100);

    eventually().until(() -> outbox.pushes.size() == 20);
    assertThat(daemon.count(Call.PROFILES)).isEqualTo(1);
    assertThat(daemon.count(Call.PRESENCE)).isEqualTo(1);
    assertThat(daemon.count(Call.BEGIN)).isLessThanOrEqualTo(20);
  }

  @Test
  void close_finishesWhatIsBeingSent_andPullsNoMore() throws InterruptedException {
    due("anna", "t1");
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch provider = new CountDownLatch(1);
    outbox.onPush =
        _ -> {
          sending.countDown();
          provider.await();
          return Outbox.ACCEPTED;
        };
    Worker worker = start();
    sending.await();

    Thread closing = Thread.ofVirtual().start(worker::close);
    due("bea", "t2");
    provider.countDown();
    closing.join();

    assertThat(answers("anna").getFirst().reason()).isEqualTo(Reason.REASON_SENT);
    assertThat(daemon.<Long>shard(FakeShard::leased)).isZero();
    int pulls = daemon.count(Call.PULL);
    letSlowTicksPass();
    assertThat(daemon.count(Call.PULL)).isEqualTo(pulls);
  }
}
