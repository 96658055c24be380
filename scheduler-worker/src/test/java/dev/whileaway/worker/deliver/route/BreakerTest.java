package dev.whileaway.worker.deliver.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.worker.deliver.route.Breaker.Admission;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BreakerTest {

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final Duration BAN = Duration.ofSeconds(30);
  private static final Breaker.Rules RULES =
      new Breaker.Rules(Duration.ofSeconds(10), 4, 50, BAN, Duration.ofSeconds(50));

  private static Breaker after(String answers) {
    Breaker breaker = Breaker.closed(NOW);
    for (char answer : answers.toCharArray()) {
      breaker = breaker.answered(answer == '-', NOW, RULES);
    }
    return breaker;
  }

  @Test
  void fewFailures_sayNothing() {
    assertThat(after("---").admission(NOW)).isEqualTo(Admission.YES);
  }

  @Test
  void halfOfEnoughAnswers_bansTheProvider() {
    assertThat(after("++--")).isEqualTo(new Breaker.Banned(NOW.plus(BAN), BAN));
    assertThat(after("+++--").admission(NOW)).isEqualTo(Admission.YES);
  }

  @Test
  void failures_ofAnEarlierWindow_areForgotten() {
    Breaker later = after("---").answered(true, NOW.plusSeconds(10), RULES);

    assertThat(later).isEqualTo(new Breaker.Closed(NOW.plusSeconds(10), 1, 1));
  }

  @Test
  void ban_endsAtItsMoment_withOneProbe() {
    Breaker banned = after("----");
    Instant end = NOW.plus(BAN);

    assertThat(banned.admission(end.minusMillis(1))).isEqualTo(Admission.NO);
    assertThat(banned.admission(end)).isEqualTo(Admission.PROBE);
    assertThat(banned.admission(end.plusMillis(1))).isEqualTo(Admission.PROBE);
    assertThat(banned.admitted(end).admission(end)).isEqualTo(Admission.NO);
  }

  @Test
  void probe_thatGoesWell_opensTheRoute() {
    Instant end = NOW.plus(BAN);

    assertThat(after("----").admitted(end).probed(false, end, RULES))
        .isEqualTo(Breaker.closed(end));
  }

  @Test
  void probe_thatFails_doublesTheBan_upToTheLongest() {
    Instant end = NOW.plus(BAN);
    Duration longest = Duration.ofSeconds(50);

    assertThat(after("----").admitted(end).probed(true, end, RULES))
        .isEqualTo(new Breaker.Banned(end.plus(longest), longest));
  }

  @Test
  void probe_thatWasNotSent_leavesTheNextOneToProbe() {
    Instant end = NOW.plus(BAN);

    assertThat(after("----").admitted(end).probeLeft(end).admission(end))
        .isEqualTo(Admission.PROBE);
  }

  @Test
  void answers_ofBeforeTheBan_changeNothing() {
    Breaker banned = after("----");
    Breaker probing = banned.admitted(NOW.plus(BAN));

    assertThat(banned.answered(false, NOW, RULES)).isEqualTo(banned);
    assertThat(probing.answered(false, NOW, RULES)).isEqualTo(probing);
  }
}
