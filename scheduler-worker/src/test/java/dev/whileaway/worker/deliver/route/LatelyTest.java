package dev.whileaway.worker.deliver.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LatelyTest {

  private static final Instant BEGIN = Instant.parse("2026-03-02T12:00:00Z");
  private static final Lately TWICE =
      Lately.nothing(Duration.ofMillis(100), BEGIN).counted(BEGIN).counted(BEGIN);

  private static Instant at(int millis) {
    return BEGIN.plusMillis(millis);
  }

  @Test
  void whatHappened_countsUntilTheSpanAfterItsOwnIsOver() {
    assertThat(TWICE.count(at(99))).isEqualTo(2);
    assertThat(TWICE.count(at(100))).isEqualTo(2);
    assertThat(TWICE.count(at(199))).isEqualTo(2);
    assertThat(TWICE.count(at(200))).isZero();
    assertThat(TWICE.count(at(201))).isZero();
  }

  @Test
  void nextSpan_addsToTheOneBefore_andTheOneBeforeThatIsForgotten() {
    assertThat(TWICE.counted(at(150)).count(at(199))).isEqualTo(3);
    assertThat(TWICE.counted(at(150)).count(at(200))).isOne();
    assertThat(TWICE.counted(at(250)).count(at(250))).isOne();
  }

  @Test
  void clockThatGoesBack_beginsAnew() {
    assertThat(TWICE.count(BEGIN.minusSeconds(60))).isZero();
    assertThat(TWICE.counted(BEGIN.minusSeconds(60)).count(BEGIN.minusSeconds(60))).isOne();
  }
}
