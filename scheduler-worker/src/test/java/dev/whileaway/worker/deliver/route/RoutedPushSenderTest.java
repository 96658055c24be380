package dev.whileaway.worker.deliver.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.whileaway.templates.PushText;
import dev.whileaway.testkit.clock.ManualClock;
import dev.whileaway.v1.Device;
import dev.whileaway.worker.deliver.DeliverySettings.Limits;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Retraction;
import dev.whileaway.worker.deliver.route.RouteCounts.What;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutedPushSenderTest {

  private final ManualClock clock = ManualClock.at("2026-03-02T12:00:00Z");
  private final List<Retraction> retracted = new ArrayList<>();
  private final Device device = Device.getDefaultInstance();
  private final Retraction retraction =
      new Retraction(device, "digest", "key", clock.instant().plusSeconds(60));

  private final PushSender app =
      new PushSender() {
        @Override
        public boolean serves(Device device) {
          return true;
        }

        @Override
        public Outcome send(Push push) {
          return new Outcome.Accepted("", "");
        }

        @Override
        public Outcome retract(Retraction retraction) {
          retracted.add(retraction);
          return new Outcome.Accepted("", "");
        }

        @Override
        public void close() {}
      };

  private PushSender routed(boolean retracts) {
    return new Routes(100, clock)
        .route("fcm app", app, new Limits(Importance.HIGH, 4, 0, retracts));
  }

  @Test
  void retraction_needsAnAppThatKnowsHow() {
    assertThat(routed(true).retracts(device)).isTrue();
    assertThat(routed(false).retracts(device)).isFalse();
  }

  @Test
  void retraction_goesOutOnAWayWithTimeToSpare_andOnlyThere() throws Exception {
    PushSender sender = routed(true);
    var push =
        new Push(
            device,
            "d",
            "k",
            new PushText("t", "b", "l", "", 1),
            false,
            clock.instant().plusSeconds(60));
    List<Reservation> underWay = new ArrayList<>();

    assertThat(sender.retract(retraction)).isInstanceOf(Outcome.Accepted.class);
    underWay.add(sender.reserve(push));
    assertThat(sender.retract(retraction)).isInstanceOf(Outcome.Accepted.class);
    underWay.add(sender.reserve(push));
    assertThat(sender.retract(retraction)).isInstanceOf(Outcome.RetryAfter.class);
    assertThat(retracted).hasSize(2);

    underWay.forEach(place -> ((Reservation.Place) place).close());
    assertThat(sender.retract(retraction)).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void retraction_thatIsOver_isNotSent() throws Exception {
    clock.advance(Duration.ofSeconds(60));

    assertThat(routed(true).retract(retraction)).isInstanceOf(Outcome.Rejected.class);
    assertThat(retracted).isEmpty();
  }

  /// Two browsers' push services, of which one is away.
  private final PushSender site =
      new PushSender() {
        @Override
        public boolean serves(Device device) {
          return true;
        }

        @Override
        public List<String> servers() {
          return List.of("mozilla", "google");
        }

        @Override
        public Optional<String> server(Device device) {
          return servers().stream().filter(device.getToken()::equals).findFirst();
        }

        @Override
        public Outcome send(Push push) {
          return switch (push.device().getToken()) {
            case "google" -> new Outcome.Accepted("", "");
            case "mozilla" -> new Outcome.RetryAfter(Duration.ofSeconds(9), Trouble.PROVIDER, "");
            default -> new Outcome.Rejected("no push service");
          };
        }

        @Override
        public void close() {}
      };

  private Push push(String token) {
    return new Push(
        Device.newBuilder().setToken(token).build(),
        "d",
        "k",
        new PushText("t", "b", "l", "", 1),
        false,
        clock.instant().plusSeconds(60));
  }

  @Test
  void serverThatFails_isBannedAlone() throws Exception {
    var routes = new Routes(100, clock);
    PushSender sender = routes.route("web", site, new Limits(Importance.HIGH, 4, 0, false));

    for (int i = 0; i < 20; i++) {
      Reservation.sendNow(sender.reserve(push("mozilla")));
    }

    assertThat(sender.reserve(push("mozilla"))).isInstanceOf(Reservation.Refused.class);
    assertThat(Reservation.sendNow(sender.reserve(push("google"))))
        .isInstanceOf(Outcome.Accepted.class);
    assertThat(routes.push())
        .extracting(Route::name, route -> route.load().banned())
        .containsExactly(tuple("web mozilla", true), tuple("web google", false));
  }

  /// Users register them: they must neither make routes nor harm one.
  @Test
  void tokensThatNameNoServer_touchNoRoute() throws Exception {
    var routes = new Routes(100, clock);
    PushSender sender = routes.route("web", site, new Limits(Importance.HIGH, 4, 0, false));

    for (int i = 0; i < 1_000; i++) {
      assertThat(Reservation.sendNow(sender.reserve(push("invented" + i))))
          .isInstanceOf(Outcome.Rejected.class);
    }

    assertThat(routes.push())
        .hasSize(2)
        .allSatisfy(route -> assertThat(route.counts().of(What.REJECTED)).isZero());
    assertThat(routes.to(push("invented").device())).isEmpty();
  }
}
