package dev.whileaway.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Reservation.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacesTest {

  private static final Refused FULL =
      new Refused(
          Refused.Cause.FULL, new Outcome.RetryAfter(Duration.ofSeconds(1), Trouble.PACE, "full"));

  private final List<String> story = new ArrayList<>();

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
    Places places = Places.take(List.of("phone", "tablet"), _ -> 0, this::place);

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

  // TRAPS 33
  @Test
  void mostCrowdedWay_isWaitedForFirst_andOutcomesStayInOrder() throws Exception {
    Map<String, Integer> ahead = Map.of("phone", -3, "tablet", 40, "watch", 2);

    Places places = Places.take(List.of("phone", "tablet", "watch"), ahead::get, this::place);

    assertThat(story).containsExactly("place for tablet", "place for watch", "place for phone");
    assertThat(places.send(FanOut.IN_ORDER, Instant.MAX, (_, _) -> {}))
        .containsExactly(
            new Outcome.Accepted("phone", ""),
            new Outcome.Accepted("tablet", ""),
            new Outcome.Accepted("watch", ""));
  }

  @Test
  void wayThatIsFull_endsTheAsking_andWhatWasTakenIsGivenBack() throws Exception {
    try (Places places =
        Places.take(
            List.of("phone", "tablet", "watch"),
            _ -> 0,
            device -> device.equals("tablet") ? FULL : place(device))) {
      assertThat(places.canSend()).isFalse();
      assertThat(places.refusals()).containsExactly(FULL);
    }

    assertThat(story).containsExactly("place for phone", "phone's place is free");
  }
}
