package dev.whileaway.worker.deliver.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.testkit.clock.ManualClock;
import dev.whileaway.testkit.push.FakeApns;
import dev.whileaway.testkit.push.FakeFcm;
import dev.whileaway.worker.deliver.DeliverySettings.Fcm;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class PushLoadTest {

  private static final Logger LOG = LoggerFactory.getLogger(PushLoadTest.class);
  private static final int PUSHES = 2_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final PushLoops loops = new PushLoops();

  @Test
  void pushesOverFcm_byManyThreads_goOutOnceEach() throws Exception {
    try (loops;
        var fcm = FakeFcm.start();
        var sender =
            new FcmPushSender(
                new Fcm(
                    "",
                    fcm.baseUrl(),
                    fcm.project(),
                    Optional.empty(),
                    Optional.of(fcm.bearer()),
                    TIMEOUT),
                loops,
                new ManualClock(Pushes.NOW))) {
      sendAll("FCM", sender, Pushes::fcm);

      assertThat(fcm.pushes()).extracting("token").hasSize(PUSHES).doesNotHaveDuplicates();
    }
  }

  @Test
  void pushesOverApns_byManyThreads_goOutOnceEach(@TempDir Path folder) throws Exception {
    try (loops;
        var apns = FakeApns.start();
        var sender =
            new ApnsPushSender(
                Rig.settings(apns, folder, TIMEOUT), loops, InstantSource.system())) {
      sendAll("APNs", sender, Pushes::apns);

      assertThat(apns.pushes()).extracting("token").hasSize(PUSHES).doesNotHaveDuplicates();
    }
  }

  private static void sendAll(String name, PushSender sender, Function<String, Push> push)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long started = System.nanoTime();
      List<Future<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < PUSHES; i++) {
        var one = push.apply("token" + i);
        outcomes.add(threads.submit(() -> sender.send(one)));
      }
      for (var outcome : outcomes) {
        assertThat(outcome.get()).isInstanceOf(Outcome.Accepted.class);
      }
      LOG.info("{} {} pushes/s", PUSHES * 1_000_000_000L / (System.nanoTime() - started), name);
    }
  }
}
