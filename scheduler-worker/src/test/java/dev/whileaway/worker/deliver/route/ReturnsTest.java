package dev.whileaway.worker.deliver.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReturnsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant OPEN = NOW.plusSeconds(5);
  private static final int PER_SECOND = 100;

  private Returns returns = Returns.begin(NOW);

  private Instant next(Instant earliest) {
    Instant moment = returns.moment(earliest);
    returns = returns.given(earliest, PER_SECOND);
    return moment;
  }

  @Test
  void firstComes_asSoonAsItMay() {
    assertThat(next(OPEN)).isEqualTo(OPEN);
  }

  @Test
  void manyThatAreSentAwayTogether_comeOneAfterTheOther() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(next(OPEN)).isEqualTo(OPEN.plusMillis(10L * i));
    }
  }

  @Test
  void momentsThatArePast_areGivenToNobody() {
    next(NOW);

    assertThat(next(NOW.plusMillis(9))).isEqualTo(NOW.plusMillis(10));
    assertThat(next(NOW.plusMillis(20))).isEqualTo(NOW.plusMillis(20));
    assertThat(next(NOW.plusMillis(31))).isEqualTo(NOW.plusMillis(31));
  }

  @Test
  void soManyThatTheLastWouldWaitForTooLong_shareTheMoments() {
    int fit = (int) Returns.SPREAD_MAX.toSeconds() * PER_SECOND;
    Instant last = OPEN;
    for (int i = 0; i <= fit; i++) {
      last = next(OPEN);
    }

    assertThat(Duration.between(OPEN, last)).isEqualTo(Returns.SPREAD_MAX);
    assertThat(next(OPEN)).isEqualTo(OPEN);
  }

  /// Those who were sent away for a long rest are in nobody's way once it is over.
  @Test
  void momentFarBeyondWhatIsAskedFor_isNotWaitedFor() {
    next(NOW.plus(Returns.SPREAD_MAX).plusSeconds(60));

    assertThat(next(NOW.plusSeconds(1))).isEqualTo(NOW.plusSeconds(1));
  }
}
