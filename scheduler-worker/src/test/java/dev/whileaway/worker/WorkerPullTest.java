package dev.whileaway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Reason;
import dev.whileaway.worker.FakeDaemon.Call;
import dev.whileaway.worker.client.Retry;
import dev.whileaway.worker.client.UserClient;
import dev.whileaway.worker.deliver.route.Routes;
import dev.whileaway.worker.plan.Policy;
import dev.whileaway.worker.pull.DeviceThreads;
import dev.whileaway.worker.pull.WorkerMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How much the worker asks for, how often, and what it does when the daemon is away.
class WorkerPullTest extends WorkerFixture {

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

  // TRAPS 33, 36
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

  @Test
  void channelWithoutRoom_isNotAskedFor_untilItHasSome() {
    room.put(Channel.CHANNEL_EMAIL, 0);
    start();
    eventually()
        .until(() -> daemon.lastPull().getChannelsList().equals(List.of(Channel.CHANNEL_PUSH)));

    room.clear();

    eventually().until(() -> daemon.lastPull().getChannelsCount() == 0);
  }

  @Test
  void channelThatHasRoomAgain_isAskedForBeforeTheNextTick() {
    room.put(Channel.CHANNEL_EMAIL, 0);
    workers.add(
        Worker.start(
            new WorkerSettings("w", 10, LEASE, Duration.ofMinutes(5), 20, Policy.STANDARD),
            daemon.channel,
            CATALOGUE,
            outbox.telling(new DeviceThreads()),
            (channel, _) -> room.getOrDefault(channel, Routes.ROOM_MAX),
            new WorkerMetrics(metrics, daemon.clock),
            daemon.clock));
    eventually().until(() -> daemon.count(Call.PULL) > 0);

    room.clear();

    eventually().until(() -> daemon.lastPull().getChannelsCount() == 0);
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
            (_, _) -> Routes.ROOM_MAX,
            new WorkerMetrics(metrics, daemon.clock),
            daemon.clock));

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
