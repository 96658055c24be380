package dev.whileaway.worker.deliver.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SharesTest {

  private final Shares shares = new Shares(900);

  private static int fill(Shares.Share share) {
    int taken = 0;
    while (share.take()) {
      taken++;
    }
    return taken;
  }

  @Test
  void routeAlone_getsMostPlaces() {
    assertThat(fill(shares.of(Importance.HIGH))).isEqualTo(600);
    assertThat(fill(new Shares(900).of(Importance.LOW))).isEqualTo(450);
  }

  @Test
  void whatIsLeft_isWhatItCanTake() {
    Shares.Share high = shares.of(Importance.HIGH);
    Shares.Share low = shares.of(Importance.LOW);
    assertThat(high.left()).isEqualTo(600);
    assertThat(low.left()).isEqualTo(450);

    assertThat(fill(low)).isEqualTo(450);

    assertThat(low.left()).isZero();
    assertThat(high.left()).isEqualTo(300);
    assertThat(fill(high)).isEqualTo(300);
  }

  // TRAPS 33
  @Test
  void routesThatStandStill_leaveTheOthersSome() {
    fill(shares.of(Importance.HIGH));
    fill(shares.of(Importance.HIGH));

    assertThat(fill(shares.of(Importance.HIGH))).isEqualTo(67);
  }

  // TRAPS 33
  @Test
  void bothCrowdIn_highGetsTwiceAsManyAsLow() {
    Shares.Share high = shares.of(Importance.HIGH);
    Shares.Share low = shares.of(Importance.LOW);
    Random random = new Random(1);
    int highHeld = 0;
    int lowHeld = 0;
    for (int i = 0; i < 10_000; i++) {
      // One send ends, whosever it is, and both would like its place.
      if (random.nextInt(highHeld + lowHeld + 1) < lowHeld) {
        low.give();
        lowHeld--;
      } else if (highHeld > 0) {
        high.give();
        highHeld--;
      }
      if (random.nextBoolean()) {
        lowHeld += low.take() ? 1 : 0;
        highHeld += high.take() ? 1 : 0;
      } else {
        highHeld += high.take() ? 1 : 0;
        lowHeld += low.take() ? 1 : 0;
      }
    }

    assertThat(highHeld / (double) lowHeld).isBetween(1.9, 2.1);
    assertThat(shares.held()).isEqualTo(highHeld + lowHeld).isBetween(650, 700);
  }

  @Test
  void userWithManyDevices_findsRoom_howeverFewPlacesThereAre() {
    assertThat(fill(new Shares(1).of(Importance.LOW))).isEqualTo(20);
  }
}
