package dev.whileaway.worker.deliver.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.templates.PushText;
import dev.whileaway.testkit.clock.ManualClock;
import dev.whileaway.v1.Device;
import dev.whileaway.worker.deliver.DeliverySettings.Limits;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Retraction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
}
