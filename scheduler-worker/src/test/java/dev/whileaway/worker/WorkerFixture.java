package dev.whileaway.worker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.EventType;
import dev.whileaway.v1.BacklogFlag;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Profile;
import dev.whileaway.worker.FakeDaemon.Call;
import dev.whileaway.worker.deliver.route.Routes;
import dev.whileaway.worker.plan.Policy;
import dev.whileaway.worker.pull.DeviceThreads;
import dev.whileaway.worker.pull.WorkerMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;

/// Workers against daemons that can be told to fail, with senders that only write down.
abstract class WorkerFixture {

  static final Duration LEASE = Duration.ofSeconds(60);
  static final Duration TICK = Duration.ofMillis(10);
  static final Catalogue CATALOGUE =
      new Catalogue(List.of(type(1, "message"), type(2, "favourite")));

  final FakeDaemon daemon = new FakeDaemon();
  final Outbox outbox = new Outbox();
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final Map<Channel, Integer> room = new ConcurrentHashMap<>();
  final List<Worker> workers = new ArrayList<>();

  static EventType type(int id, String name) {
    return new EventType(id, name, false, Duration.ofMinutes(30), Duration.ofDays(30));
  }

  @AfterEach
  void stop() {
    workers.forEach(Worker::close);
    daemon.close();
  }

  Worker start() {
    return start(50, 100);
  }

  Worker start(int batch, int inFlight) {
    String name = "worker-" + workers.size();
    Worker worker =
        Worker.start(
            new WorkerSettings(name, batch, LEASE, TICK, inFlight, Policy.STANDARD),
            daemon.channel,
            CATALOGUE,
            outbox.telling(new DeviceThreads()),
            (channel, _) -> room.getOrDefault(channel, Routes.ROOM_MAX),
            new WorkerMetrics(metrics, daemon.clock),
            daemon.clock);
    workers.add(worker);
    return worker;
  }

  static Profile profile(String user, String... tokens) {
    var profile = Profile.newBuilder().setUser(user).setEmail(user + "@example.org");
    for (String token : tokens) {
      profile.addDevices(Device.newBuilder().setToken(token).setPlatform(Platform.PLATFORM_FCM));
    }
    return profile.build();
  }

  void due(String user, String... tokens) {
    daemon.profile(profile(user, tokens)).report(user, "message", "bob");
  }

  static ConditionFactory eventually() {
    return await().atMost(15, SECONDS).pollInterval(Duration.ofMillis(5));
  }

  List<FakeShard.Answered> answers(String user) {
    return daemon.shard(
        shard -> shard.answered.stream().filter(one -> one.user().equals(user)).toList());
  }

  Set<BacklogFlag> flags(String user) {
    return daemon.shard(shard -> shard.flags(user));
  }

  boolean pending(String user) {
    return daemon.shard(shard -> shard.pending(user));
  }

  void awaitAnswers(String user, int count) {
    eventually().until(() -> answers(user).size() >= count);
  }

  /// Gives a wrong second send the time to happen: several ticks in which more is pulled.
  void letTicksPass() {
    int pulls = daemon.count(Call.PULL);
    eventually().until(() -> daemon.count(Call.PULL) > pulls + 5);
  }

  double counted(String name, String... tags) {
    return metrics.counter("whileaway.worker." + name, tags).count();
  }

  /// With every place taken nothing is pulled, so ticks cannot be counted: real time must do.
  static void letSlowTicksPass() {
    await().pollDelay(TICK.multipliedBy(10)).until(() -> true);
  }
}
