package dev.whileaway.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// TRACE.md, rule 5, to the millisecond.
class OnlineRuleTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long NEVER = 0;
  private static final long OPEN = ago(-MINUTE);
  private static final long CLOSED = 0;

  @Test
  void online_neverSeen_isOffline() {
    assertThat(online(PresenceReading.NEVER)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"899999, true", "900000, false", "900001, false"})
  void online_onTheWeb_endsFifteenMinutesAfterTheLastActivity(long agoMillis, boolean online) {
    assertThat(online(new PresenceReading(ago(agoMillis), NEVER, CLOSED))).isEqualTo(online);
  }

  @ParameterizedTest
  @CsvSource({"899999, true", "900000, false", "900001, false"})
  void online_inTheConnectedApp_endsFifteenMinutesAfterTheLastActivity(
      long agoMillis, boolean online) {
    assertThat(online(new PresenceReading(NEVER, ago(agoMillis), OPEN))).isEqualTo(online);
  }

  @ParameterizedTest
  @CsvSource({"1, true", "0, false", "-1, false"})
  void online_inTheApp_endsWithTheConnectionsKeepAlive(long leftMillis, boolean online) {
    long until = NOW.toEpochMilli() + leftMillis;

    assertThat(online(new PresenceReading(NEVER, ago(MINUTE), until))).isEqualTo(online);
  }

  @ParameterizedTest
  @CsvSource({"1799999, true", "1800000, false", "1800001, false"})
  void online_howeverLongASurfaceLasts_endsThirtyMinutesAfterTheLastActivity(
      long agoMillis, boolean online) {
    var patient =
        new OnlineRule(OnlineRule.STANDARD.recent(), Duration.ofHours(1), Duration.ofHours(1));

    assertThat(patient.online(new PresenceReading(ago(agoMillis), NEVER, CLOSED), NOW))
        .isEqualTo(online);
    assertThat(patient.online(new PresenceReading(NEVER, ago(agoMillis), OPEN), NOW))
        .isEqualTo(online);
  }

  @ParameterizedTest
  @CsvSource({"-1, true", "0, true", "1, false"})
  void online_withoutAConnection_needsTheLatestActivityOnTheWeb_aTieCountsAsWeb(
      long appAfterWebMillis, boolean online) {
    long web = ago(MINUTE);

    assertThat(online(new PresenceReading(web, web + appAfterWebMillis, CLOSED))).isEqualTo(online);
  }

  @Test
  void online_theAppLastAndClosed_isOffline_howeverFreshTheWeb() {
    assertThat(online(new PresenceReading(ago(2), ago(1), CLOSED))).isFalse();
  }

  @Test
  void online_aConnectionLeftOpenForThreeDays_isOffline() { // TRAPS 12
    long threeDaysAgo = ago(Duration.ofDays(3).toMillis());

    assertThat(online(new PresenceReading(NEVER, threeDaysAgo, OPEN))).isFalse();
  }

  /// TRAPS 3: clocks disagree, by a little or, after a wrong one, by years.
  @Nested
  class MomentAheadOfNow {

    @ParameterizedTest
    @CsvSource({"1, true", "899999, true", "900000, false", "900001, false"})
    void online_onTheWeb_isBelievedAsFarAheadAsBack(long aheadMillis, boolean online) {
      assertThat(online(new PresenceReading(ago(-aheadMillis), NEVER, CLOSED))).isEqualTo(online);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "899999, true", "900000, false", "900001, false"})
    void online_inTheApp_isBelievedAsFarAheadAsBack(long aheadMillis, boolean online) {
      var reading = new PresenceReading(NEVER, ago(-aheadMillis), Long.MAX_VALUE);

      assertThat(online(reading)).isEqualTo(online);
    }

    @Test
    void online_yearsAheadOnOneSurface_doesNotHideTheOther() {
      long years = ago(-Duration.ofDays(3650).toMillis());

      assertThat(online(new PresenceReading(years, ago(MINUTE), OPEN))).isTrue();
      assertThat(online(new PresenceReading(ago(MINUTE), years, CLOSED))).isTrue();
      assertThat(online(new PresenceReading(years, years, Long.MAX_VALUE))).isFalse();
    }
  }

  private static boolean online(PresenceReading reading) {
    return OnlineRule.STANDARD.online(reading, NOW);
  }

  private static long ago(long millis) {
    return NOW.toEpochMilli() - millis;
  }
}
