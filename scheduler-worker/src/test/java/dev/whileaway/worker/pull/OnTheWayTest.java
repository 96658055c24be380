package dev.whileaway.worker.pull;

import static dev.whileaway.v1.Channel.CHANNEL_EMAIL;
import static dev.whileaway.v1.Channel.CHANNEL_PUSH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.worker.deliver.route.Routes;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Lease;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OnTheWayTest {

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  private final OnTheWay onTheWay = new OnTheWay();

  private static Due due(int id, boolean pushSent) {
    return new Due(
        new Lease("user-" + id, id, NOW, NOW.plusSeconds(60)),
        NOW,
        1,
        pushSent,
        0,
        List.of(),
        List.of());
  }

  private static List<Due> toPush(int digests) {
    return IntStream.range(0, digests).mapToObj(id -> due(id, false)).toList();
  }

  // TRAPS 36
  @Test
  void room_isGivenAwayOnce() {
    Room room = onTheWay.leave((_, _) -> 100);

    onTheWay.left(toPush(50));
    assertThat(room.of(CHANNEL_PUSH, 0)).isEqualTo(50);
    assertThat(room.of(CHANNEL_EMAIL, 0)).isEqualTo(100);

    onTheWay.left(List.of(due(99, true)));
    assertThat(room.of(CHANNEL_EMAIL, 0)).isEqualTo(99);
  }

  @Test
  void moreThanHalfOfIt_leavesNothingForNow() {
    onTheWay.left(toPush(51));

    assertThat(onTheWay.leave((_, _) -> 100).of(CHANNEL_PUSH, 0)).isZero();
    assertThat(onTheWay.leave((_, _) -> 0).of(CHANNEL_PUSH, 0)).isZero();
    assertThat(onTheWay.leave((_, _) -> Routes.ROOM_MAX).of(CHANNEL_PUSH, 0)).isPositive();
  }

  @Test
  void arrival_countsOnce() {
    Room room = onTheWay.leave((_, _) -> 100);
    onTheWay.left(toPush(2));

    onTheWay.arrived(due(0, false));
    onTheWay.arrived(due(0, false));

    assertThat(room.of(CHANNEL_PUSH, 0)).isEqualTo(99);
  }
}
