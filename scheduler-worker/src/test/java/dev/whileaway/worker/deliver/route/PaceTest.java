package dev.whileaway.worker.deliver.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  @Test
  void rate_letsATenthOfASecondsWorthGoAtOnce_thenSpreadsTheRest() {
    Pace pace = Pace.begin(NOW);
    for (int i = 0; i < 11; i++) {
      assertThat(pace.pause(NOW)).isZero();
      pace = pace.taken(NOW, 100);
    }

    assertThat(pace.pause(NOW)).isEqualTo(Duration.ofMillis(10));
    assertThat(pace.taken(NOW, 100).pause(NOW)).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void rate_ofASecond_isKeptWhateverCame() {
    Pace pace = Pace.begin(NOW);
    int sent = 0;
    for (long millis = 0; millis < 1000; millis++) {
      Instant now = NOW.plusMillis(millis);
      while (pace.pause(now).isZero()) {
        pace = pace.taken(now, 100);
        sent++;
      }
    }

    assertThat(sent).isEqualTo(110);
  }

  @Test
  void quietTime_isNotSavedUp() {
    Pace pace = Pace.begin(NOW).taken(NOW, 1);
    Instant later = NOW.plusSeconds(60);

    assertThat(pace.taken(later, 1).pause(later)).isEqualTo(Duration.ofMillis(900));
  }

  @Test
  void rest_thatTheProviderAskedFor_isKept() {
    Pace pace = Pace.begin(NOW).rested(NOW.plusSeconds(7));

    assertThat(pace.pause(NOW)).isEqualTo(Duration.ofSeconds(7));
    assertThat(pace.pause(NOW.plusSeconds(7))).isZero();
    assertThat(pace.rested(NOW.plusSeconds(3))).isEqualTo(pace);
  }

  @Test
  void noRate_takesAnyNumber() {
    assertThat(Pace.begin(NOW).taken(NOW, 0)).isEqualTo(Pace.begin(NOW));
  }

  @Test
  void strain_isRestedFrom_twiceAsLongEachTime_upToTenMinutes() {
    Pace pace = Pace.begin(NOW);
    Instant now = NOW;
    for (int seconds : new int[] {10, 20, 40, 80, 160, 320, 600, 600}) {
      pace = pace.strained(now);

      assertThat(pace.pause(now)).isEqualTo(Duration.ofSeconds(seconds));
      assertThat(pace.strained(now.plusSeconds(seconds - 1))).isEqualTo(pace);
      now = now.plusSeconds(seconds);
      assertThat(pace.pause(now)).isZero();
    }
  }

  @Test
  void strain_endsWithWhatIsTakenAfterTheRest_notWithWhatWasUnderWay() {
    Pace rested = Pace.begin(NOW).strained(NOW);
    Instant over = NOW.plusSeconds(10);

    assertThat(rested.eased(over.minusNanos(1))).isEqualTo(rested);
    assertThat(rested.eased(over).strained(over).pause(over)).isEqualTo(Duration.ofSeconds(10));
    assertThat(rested.strained(over).pause(over)).isEqualTo(Duration.ofSeconds(20));
  }
}
