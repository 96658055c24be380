package dev.whileaway.testkit.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClocksTest {

  private static final Instant START = Instant.parse("2004-04-15T07:56:35Z");

  @Test
  void manualClock_movesOnlyWhenTold() {
    var clock = ManualClock.at("2004-04-15T07:56:35Z");

    assertThat(clock.instant()).isEqualTo(START);
    assertThat(clock.advance(Duration.ofMinutes(30))).isEqualTo(START.plusSeconds(1800));
    clock.set(START);
    assertThat(clock.instant()).isEqualTo(START);
  }

  @Test
  void fastForwardClock_runsAsManyTimesFaster() {
    var real = new AtomicLong(77);
    var clock = new FastForwardClock(START, 5_000, real::get);

    assertThat(clock.instant()).isEqualTo(START);
    real.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(10_000));
  }

  @Test
  void fastForwardClock_overYears_doesNotOverflow() {
    var real = new AtomicLong();
    var clock = new FastForwardClock(START, 1_000_000, real::get);

    real.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(3_600_000_000L));
  }

  @Test
  void fastForwardClock_tellsTheRealTimeToWait() {
    var clock = new FastForwardClock(START, 1_000, new AtomicLong()::get);

    assertThat(clock.realTimeUntil(START.plusSeconds(1_800))).isEqualTo(Duration.ofMillis(1_800));
    assertThat(clock.realTimeUntil(START)).isZero();
    assertThat(clock.realTimeUntil(START.minusSeconds(1))).isZero();
  }

  @Test
  void fastForwardClock_withoutASpeed_isRefused() {
    for (var speed : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> FastForwardClock.startingAt(START, speed))
          .hasMessage("expected a speed above 0, but found " + speed);
    }
  }
}
