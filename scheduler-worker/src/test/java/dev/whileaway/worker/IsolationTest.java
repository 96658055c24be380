package dev.whileaway.worker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whileaway.testkit.push.FakeFcm;
import dev.whileaway.testkit.push.PushBehaviour;
import dev.whileaway.testkit.push.ReceivedPush;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Profile;
import dev.whileaway.worker.deliver.DeliveryChannels;
import dev.whileaway.worker.deliver.DeliverySettings;
import dev.whileaway.worker.deliver.DeliverySettings.Fcm;
import dev.whileaway.worker.deliver.DeliverySettings.MailIdentity;
import dev.whileaway.worker.deliver.mail.Suppressions;
import dev.whileaway.worker.pipeline.FanOut;
import dev.whileaway.worker.plan.Policy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One provider takes every push and never answers, one refuses everything, one asks for a rest:
/// those of the healthy one do not notice. TRAPS 33, 36.
class IsolationTest extends WorkerFixture {

  private static final int USERS = 100;

  /// Fewer than users of the app that hangs, more than its route may hold.
  private static final int PLACES = 350;

  private static final int USERS_OF_THE_HANGING = 400;

  /// Longer than the test takes.
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final FakeFcm healthy = FakeFcm.start();
  private final FakeFcm hanging = FakeFcm.start();
  private final FakeFcm refusing = FakeFcm.start();
  private final FakeFcm resting = FakeFcm.start();

  @TempDir Path folder;

  @AfterEach
  void closeProviders() {
    List.of(healthy, hanging, refusing, resting).forEach(FakeFcm::close);
  }

  private static Fcm app(String name, FakeFcm provider) {
    return new Fcm(
        name,
        provider.baseUrl(),
        provider.project(),
        Optional.empty(),
        Optional.of(provider.bearer()),
        TIMEOUT);
  }

  private void due(String app, int users) {
    for (int i = 0; i < users; i++) {
      String user = app + "-" + i;
      var device =
          Device.newBuilder().setToken(user).setPlatform(Platform.PLATFORM_FCM).setApp(app);
      daemon
          .profile(Profile.newBuilder().setUser(user).addDevices(device).build())
          .report(user, "message", "bob");
    }
  }

  @Test
  void healthyApp_isToldWhileOthersHangRefuseAndRest() throws Exception {
    hanging.otherwise(PushBehaviour.HANG);
    refusing.otherwise(PushBehaviour.refuse(400, "INVALID_ARGUMENT"));
    resting.otherwise(PushBehaviour.refuse(429, "QUOTA_EXCEEDED", Duration.ofSeconds(60)));
    // The sick are due first.
    due("hanging", USERS_OF_THE_HANGING);
    List.of("refusing", "resting", "healthy").forEach(app -> due(app, USERS));
    var settings =
        new DeliverySettings(
            Optional.empty(),
            List.of(
                app("hanging", hanging),
                app("refusing", refusing),
                app("resting", resting),
                app("healthy", healthy)),
            List.of(),
            folder,
            MailIdentity.of("digest@example.org", "Whileaway", "example.org"));
    try (var channels = DeliveryChannels.open(settings, PLACES, Suppressions.NONE, daemon.clock)) {
      var worker =
          Worker.start(
              new WorkerSettings("worker", 100, Duration.ofHours(1), TICK, PLACES, Policy.STANDARD),
              daemon.channel,
              CATALOGUE,
              outbox.telling(FanOut.IN_ORDER).renderer(),
              channels,
              new SimpleMeterRegistry(),
              daemon.clock);
      try {
        // On a slow machine a digest may find its own route full, and comes back later.
        await()
            .atMost(60, SECONDS)
            .pollInterval(Duration.ofMillis(50))
            .until(() -> {
              daemon.clock.advance(Duration.ofMillis(500));
              return healthy.count() >= USERS;
            });

        assertThat(healthy.pushes()).extracting(ReceivedPush::token).doesNotHaveDuplicates();
        assertThat(hanging.pushes()).extracting(ReceivedPush::token).doesNotHaveDuplicates();
        assertThat(resting.count()).isZero();
      } finally {
        // Closed first, so that the worker need not wait for its answers.
        hanging.close();
        worker.close();
      }
    }
  }
}
