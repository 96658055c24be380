package dev.whileaway.worker.pull;

import static dev.whileaway.v1.Channel.CHANNEL_EMAIL;
import static dev.whileaway.v1.Channel.CHANNEL_PUSH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.worker.deliver.route.Routes;
import dev.whileaway.worker.plan.Policy.Ladder;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WishTest {

  private static List<Wish> wishes(int places, int push, int mail) {
    return Wish.of(places, 0, (step, _) -> step == CHANNEL_PUSH ? push : mail);
  }

  @Test
  void roomForAll_isAskedForAtOnce() {
    assertThat(wishes(100, 100, Routes.ROOM_MAX)).containsExactly(new Wish(100, Set.of()));
  }

  @Test
  void channelThatIsHalfFull_isNotAskedFor() {
    assertThat(wishes(100, 500, 0)).containsExactly(new Wish(100, Set.of(CHANNEL_PUSH)));
    assertThat(wishes(100, 0, 500)).containsExactly(new Wish(100, Set.of(CHANNEL_EMAIL)));
    assertThat(wishes(100, 0, 0)).isEmpty();
  }

  // TRAPS 33
  @Test
  void channelWithLittleRoom_isServedBeforeTheOtherTakesAllPlaces() {
    assertThat(wishes(100, 500, 16))
        .containsExactly(new Wish(16, Set.of(CHANNEL_EMAIL)), new Wish(84, Set.of(CHANNEL_PUSH)));
    assertThat(wishes(10, 3, 9))
        .containsExactly(new Wish(3, Set.of(CHANNEL_PUSH)), new Wish(7, Set.of(CHANNEL_EMAIL)));
  }

  @Test
  void channelIsLeftOut_onlyWhereItHasNoRoom() {
    assertThat(Wish.leftOut(wishes(100, 500, 0))).containsExactly(CHANNEL_EMAIL);
    assertThat(Wish.leftOut(wishes(100, 500, 1))).isEmpty();
    assertThat(Wish.leftOut(wishes(100, 0, 500))).containsExactly(CHANNEL_PUSH);
    assertThat(Wish.leftOut(wishes(100, 0, 0))).containsExactly(CHANNEL_PUSH, CHANNEL_EMAIL);
    assertThat(Wish.leftOut(wishes(100, 100, 100))).isEmpty();
  }

  @Test
  void noPlaces_isNoWish() {
    assertThat(wishes(0, 500, 500)).isEmpty();
  }

  @Test
  void nothingInTheWay_isRoomForAnything() {
    Routes routes = new Routes(100, InstantSource.system());

    for (Ladder ladder : Ladder.values()) {
      assertThat(Room.of(ladder, routes).of(CHANNEL_PUSH, 0)).isEqualTo(Routes.ROOM_MAX);
      assertThat(Room.of(ladder, routes).of(CHANNEL_EMAIL, 0)).isEqualTo(Routes.ROOM_MAX);
    }
  }
}
