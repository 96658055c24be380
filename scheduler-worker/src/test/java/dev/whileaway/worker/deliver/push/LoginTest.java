package dev.whileaway.worker.deliver.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.templates.PushText;
import dev.whileaway.testkit.push.FakeFcm;
import dev.whileaway.testkit.push.FakeHms;
import dev.whileaway.v1.Platform;
import dev.whileaway.worker.deliver.DeliverySettings.Fcm;
import dev.whileaway.worker.deliver.DeliverySettings.Hms;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.route.RouteCounts.What;
import dev.whileaway.worker.deliver.route.Routes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Logins that hang or are refused, over routes as they are.
class LoginTest {

  /// Longer than any push would wait for a place.
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /// Beyond [IssuedTokens#PATIENCE], for a machine that is busy.
  private static final Duration SOON = IssuedTokens.PATIENCE.plusSeconds(5);

  private static final int PUSHES = 60;
  private static final PushText TEXT = Pushes.text("3");

  private final PushLoops loops = new PushLoops();
  private final Routes routes = new Routes(100, InstantSource.system());

  @AfterEach
  void close() {
    loops.close();
  }

  @Test
  void hungLoginOfHms_holdsNoPlaces_andBansNobody() throws Exception {
    try (var hms = FakeHms.start(0)) {
      hms.hangLogins(true);
      try (var sender = hms(hms, hms.appSecret())) {
        assertThat(sendAll(sender, Pushes.to(Platform.PLATFORM_HMS, "token", false, TEXT)))
            .allSatisfy(LoginTest::assertComesAgain);
        assertThat(hms.logins()).isOne();
        assertThat(hms.count()).isZero();
        assertOpen();
      }
    }
  }

  @Test
  void refusedLoginOfHms_isTriedOnce_andTheRouteHearsOfIt() throws Exception {
    try (var hms = FakeHms.start(0);
        var sender = hms(hms, "another secret")) {
      assertThat(sendAll(sender, Pushes.to(Platform.PLATFORM_HMS, "token", false, TEXT)))
          .allSatisfy(LoginTest::assertProvidersTrouble);
      assertThat(hms.logins()).isOne();
      assertBanned();
    }
  }

  @Test
  void hungLoginOfFcm_holdsNoPlaces_andBansNobody(@TempDir Path folder) throws Exception {
    try (var fcm = FakeFcm.start()) {
      fcm.hangLogins();
      var account = Files.writeString(folder.resolve("account.json"), fcm.serviceAccountJson());
      var settings =
          new Fcm(
              "", fcm.baseUrl(), fcm.project(), Optional.of(account), Optional.empty(), TIMEOUT);
      try (var sender =
          routes.route(
              "fcm", new FcmPushSender(settings, loops, InstantSource.system()), Fcm.LIMITS)) {
        assertThat(sendAll(sender, Pushes.fcm("token"))).allSatisfy(LoginTest::assertComesAgain);
        assertThat(fcm.count()).isZero();
        assertOpen();
      }
    }
  }

  private PushSender hms(FakeHms hms, String secret) {
    var settings =
        new Hms("", hms.appId(), secret, hms.baseUrl(), hms.baseUrl(), TIMEOUT, Hms.LIMITS);
    return routes.route(
        "hms", new HmsPushSender(settings, loops, InstantSource.system()), Hms.LIMITS);
  }

  /// All at once, and each soon over.
  private static List<Outcome> sendAll(PushSender sender, Push push) throws Exception {
    var lasting = Pushes.lasting(push);
    List<Outcome> outcomes = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long began = System.nanoTime();
      List<Future<Outcome>> sends = new ArrayList<>();
      for (int i = 0; i < PUSHES; i++) {
        sends.add(threads.submit(() -> Pushes.sendOverItsRoute(sender, lasting)));
      }
      for (var send : sends) {
        outcomes.add(send.get());
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
    }
    return outcomes;
  }

  private static void assertProvidersTrouble(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.RetryAfter.class,
            later -> assertThat(later.trouble()).isEqualTo(Trouble.PROVIDER));
  }

  private static void assertComesAgain(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.RetryAfter.class,
            later -> {
              assertThat(later.trouble()).isEqualTo(Trouble.PACE);
              assertThat(later.delay()).isLessThanOrEqualTo(Duration.ofSeconds(10));
            });
  }

  private void assertOpen() {
    var route = routes.push().getFirst();
    assertThat(route.load().banned()).isFalse();
    assertThat(route.load().underWay()).isZero();
    assertThat(route.counts().of(What.RETRY_AFTER)).isZero();
  }

  private void assertBanned() {
    var route = routes.push().getFirst();
    assertThat(route.load().banned()).isTrue();
    assertThat(route.load().underWay()).isZero();
    assertThat(route.counts().of(What.RETRY_AFTER)).isGreaterThanOrEqualTo(20);
    assertThat(route.counts().of(What.UNKNOWN)).isZero();
  }
}
