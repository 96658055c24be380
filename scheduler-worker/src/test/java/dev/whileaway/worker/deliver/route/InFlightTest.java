package dev.whileaway.worker.deliver.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InFlightTest {

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Instant LATER = NOW.plus(EVERY);
  private static final int QUEUE = 200;
  private static final InFlight.Rules RULES =
      new InFlight.Rules(100, 250, 100, EVERY, Duration.ofSeconds(2));

  private final InFlight begun = InFlight.begin(RULES, NOW).eased();

  @Test
  void queue_upToATenthFull_doesNotGrowIt() {
    assertThat(begun.crowded(20, QUEUE, LATER, RULES)).isEqualTo(begun);
  }

  @Test
  void queue_beyondATenth_growsItByOneStep() {
    assertThat(begun.crowded(21, QUEUE, LATER, RULES)).isEqualTo(new InFlight(200, LATER, false));
  }

  @Test
  void step_oneMillisecondTooEarly_isNotTaken() {
    assertThat(begun.crowded(QUEUE, QUEUE, LATER.minusMillis(1), RULES)).isEqualTo(begun);
  }

  @Test
  void step_oneMillisecondLater_isTaken() {
    assertThat(begun.crowded(QUEUE, QUEUE, LATER.plusMillis(1), RULES).limit()).isEqualTo(200);
  }

  @Test
  void growth_endsAtTheBound() {
    var grown = new InFlight(200, NOW, true).crowded(QUEUE, QUEUE, LATER, RULES);

    assertThat(grown.limit()).isEqualTo(250);
    assertThat(grown.crowded(QUEUE, QUEUE, LATER.plus(EVERY), RULES)).isEqualTo(grown);
  }

  @Test
  void nothingThatEnds_doesNotGrowIt() {
    var begun = InFlight.begin(RULES, NOW);
    assertThat(begun.crowded(QUEUE, QUEUE, LATER, RULES)).isEqualTo(begun);

    var grown = begun.eased().crowded(QUEUE, QUEUE, LATER, RULES);
    assertThat(grown.crowded(QUEUE, QUEUE, LATER.plus(EVERY), RULES)).isEqualTo(grown);
  }

  @Test
  void strain_takesAQuarter_butNotBelowTheBound() {
    assertThat(new InFlight(200, NOW, true).strained(LATER, RULES))
        .isEqualTo(new InFlight(150, LATER, false));
    assertThat(new InFlight(120, NOW, true).strained(LATER, RULES).limit()).isEqualTo(100);
    assertThat(begun.strained(LATER, RULES)).isEqualTo(begun);
  }

  @Test
  void strain_ofManyAnswersAtOnce_countsOnce() {
    var once = new InFlight(200, NOW, true).strained(LATER, RULES);

    assertThat(once.strained(LATER.plusMillis(999), RULES)).isEqualTo(once);
  }

  @Test
  void bounds_thatCannotBe_areRefusedInWords() {
    assertThatThrownBy(() -> new InFlight.Rules(10, 5, 1, EVERY, EVERY))
        .hasMessage("expected 1 <= min <= max and a step, but found min 10, max 5, step 1");
  }
}
