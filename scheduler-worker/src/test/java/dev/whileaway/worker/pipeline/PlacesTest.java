package dev.whileaway.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.templates.PushText;
import dev.whileaway.v1.Device;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Reservation.Refused;
import dev.whileaway.worker.deliver.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacesTest {

  private static final Refused FULL =
      new Refused(
          Refused.Cause.FULL, new Outcome.RetryAfter(Duration.ofSeconds(1), Trouble.PACE, "full"));

  private static final Refused DEAD = Reservation.impossible(new Outcome.Rejected("dead"));

  private final List<String> story = new ArrayList<>();

  private record OneWay(String name, boolean standsStill) implements Way {
    @Override
    public String words() {
      return name;
    }
  }

  /// Devices by name; each has a way of its own, unless it is named here.
  private Places take(Map<String, Way> ways, String... devices) throws InterruptedException {
    return Places.take(
        Arrays.stream(devices).map(PlacesTest::push).toList(),
        new PushSender() {
          @Override
          public boolean serves(Device device) {
            return true;
          }

          @Override
          public Way way(Device device) {
            return ways.getOrDefault(device.getToken(), new OneWay(device.getToken(), false));
          }

          @Override
          public Outcome send(Push push) {
            throw new AssertionError("expected a place to be asked for, but found " + push);
          }

          @Override
          public Reservation reserve(Push push) {
            String device = push.device().getToken();
            return switch (device) {
              case "full" -> FULL;
              case "dead" -> DEAD;
              default -> place(device);
            };
          }

          @Override
          public Reservation accompany(Push push) {
            story.add("along goes");
            return place(push.device().getToken());
          }

          @Override
          public void close() {}
        });
  }

  private static Push push(String device) {
    return new Push(
        Device.newBuilder().setToken(device).build(),
        "digest",
        "anna",
        new PushText("", "", "", "", 0),
        false,
        Instant.MAX);
  }

  private Reservation place(String device) {
    story.add("place for " + device);
    return Reservation.held(
        () -> {
          story.add("push to " + device);
          return new Outcome.Accepted(device, "");
        },
        () -> story.add(device + "'s place is free"));
  }

  // TRAPS 33
  @Test
  void place_isFree_onceItsOwnSendHasEnded() throws Exception {
    Places places = take(Map.of(), "phone", "tablet");

    places.send(FanOut.IN_ORDER, Instant.MAX, (target, _) -> story.add("heard of " + target));
    places.close();

    assertThat(story)
        .containsExactly(
            "place for phone",
            "place for tablet",
            "push to phone",
            "phone's place is free",
            "heard of 0",
            "push to tablet",
            "tablet's place is free",
            "heard of 1");
  }

  @Test
  void deviceOnTheWayOfOneThatWasRefused_asksForItself() throws Exception {
    Way fcm = new OneWay("fcm", false);

    take(Map.of("dead", fcm, "phone", fcm, "tablet", fcm), "dead", "phone", "tablet");

    assertThat(story).containsExactly("place for phone", "along goes", "place for tablet");
  }

  @Test
  void targetWithoutAPlace_hasAnOutcome_butNoSend() throws Exception {
    Places places = take(Map.of(), "dead", "phone");

    assertThat(places.canSend()).isTrue();
    assertThat(
            places.send(
                FanOut.IN_ORDER, Instant.MAX, (target, _) -> story.add("heard of " + target)))
        .containsExactly(DEAD.outcome(), new Outcome.Accepted("phone", ""));
    assertThat(story).contains("heard of 1").doesNotContain("heard of 0");
  }

  // TRAPS 33
  @Test
  void wayThatStandsStill_isWaitedForFirst_andOutcomesStayInOrder() throws Exception {
    Map<String, Way> ways = Map.of("tablet", new OneWay("z", true));

    Places places = take(ways, "watch", "phone", "tablet");

    assertThat(story).containsExactly("place for tablet", "place for phone", "place for watch");
    assertThat(places.send(FanOut.IN_ORDER, Instant.MAX, (_, _) -> {}))
        .containsExactly(
            new Outcome.Accepted("watch", ""),
            new Outcome.Accepted("phone", ""),
            new Outcome.Accepted("tablet", ""));
  }

  // TRAPS 33
  @Test
  void devicesOnTheSameWay_goTogether() throws Exception {
    Way apns = new OneWay("apns", false);

    var _ = take(Map.of("phone", apns, "tablet", apns), "phone", "watch", "tablet");

    assertThat(story)
        .containsExactly("place for phone", "along goes", "place for tablet", "place for watch");
  }

  @Test
  void wayThatIsFull_endsTheAsking_andWhatWasTakenIsGivenBack() throws Exception {
    try (Places places = take(Map.of(), "a phone", "full", "watch")) {
      assertThat(places.canSend()).isFalse();
      assertThat(places.refusals()).containsExactly(FULL);
    }

    assertThat(story).containsExactly("place for a phone", "a phone's place is free");
  }
}
