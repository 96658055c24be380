package dev.whileaway.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every presence store does.
abstract class PresenceStoreContract {

  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private PresenceStore store;

  abstract PresenceStore open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void read_ofAStranger_isNever() {
    assertThat(store.read("anna")).isEqualTo(PresenceReading.NEVER);
  }

  @Test
  void touches_keepEachSurfaceByItself() {
    store.touchWeb("anna", NOW);
    store.touchApp("anna", NOW.plusMillis(1));
    store.touchApp("bob", NOW.plusMillis(2));

    assertThat(store.read("anna")).isEqualTo(new PresenceReading(millis(0), millis(1), 0));
    assertThat(store.read("bob")).isEqualTo(new PresenceReading(0, millis(2), 0));
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "0, 0", "1, 1"})
  void touch_keepsTheLaterMoment(long thenMillis, long keptMillis) {
    store.touchWeb("anna", NOW);
    store.touchWeb("anna", NOW.plusMillis(thenMillis));
    store.touchApp("anna", NOW);
    store.touchApp("anna", NOW.plusMillis(thenMillis));

    assertThat(store.read("anna"))
        .isEqualTo(new PresenceReading(millis(keptMillis), millis(keptMillis), 0));
  }

  @ParameterizedTest
  @CsvSource({"86399999, 86399999", "86400000, 0", "86400001, 0"})
  void touch_afterOneByAClockADayAhead_setsTheMomentRight(long aheadMillis, long keptMillis) {
    store.touchWeb("anna", NOW.plusMillis(aheadMillis));
    store.touchWeb("anna", NOW);
    store.touchApp("anna", NOW.plusMillis(aheadMillis));
    store.touchApp("anna", NOW);

    assertThat(store.read("anna"))
        .isEqualTo(new PresenceReading(millis(keptMillis), millis(keptMillis), 0));
  }

  @Test
  void touch_atTheBeginningOfTime_isNotNever() {
    store.touchWeb("anna", Instant.EPOCH);

    assertThat(store.read("anna")).isNotEqualTo(PresenceReading.NEVER);
  }

  @Test
  void connect_isAppActivity_andOpenForTheKeepAlive() {
    store.connect("anna", NOW, MINUTE);

    assertThat(store.read("anna")).isEqualTo(new PresenceReading(0, millis(0), millis(60_000)));
  }

  @Test
  void connect_again_countsFromTheLastOne_evenIfShorter() {
    store.connect("anna", NOW, Duration.ofDays(1));
    store.connect("anna", NOW.plusMillis(1), MINUTE);

    assertThat(store.read("anna")).isEqualTo(new PresenceReading(0, millis(1), millis(60_001)));
  }

  @Test
  void connect_thatArrivesLate_neitherShortensNorGoesBack() {
    store.connect("anna", NOW, MINUTE);
    store.connect("anna", NOW.minusMillis(1), Duration.ofSeconds(30));
    assertThat(store.read("anna")).isEqualTo(new PresenceReading(0, millis(0), millis(60_000)));

    store.touchApp("bob", NOW);
    store.connect("bob", NOW.minusMillis(1), MINUTE);
    assertThat(store.read("bob")).isEqualTo(new PresenceReading(0, millis(0), millis(59_999)));
  }

  @Test
  void connect_forAsLongAsCanBeSaid_doesNotOverflow() {
    store.connect("anna", NOW, Duration.ofSeconds(Long.MAX_VALUE));

    assertThat(store.read("anna").connectedUntilMillis()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void disconnect_closesTheConnection_andIsNoActivity() {
    store.touchWeb("anna", NOW);
    store.connect("anna", NOW, MINUTE);

    store.disconnect("anna");

    assertThat(store.read("anna")).isEqualTo(new PresenceReading(millis(0), millis(0), 0));
  }

  @Test
  void disconnect_ofAStranger_leavesNoEntry() {
    store.disconnect("anna");

    assertThat(store.usage().entries()).isZero();
  }

  @Test
  void forget_removesTheUserOnly() {
    store.touchWeb("anna", NOW);
    store.touchWeb("bob", NOW);

    store.forget("anna");
    store.forget("nobody");

    assertThat(store.read("anna")).isEqualTo(PresenceReading.NEVER);
    assertThat(store.read("bob").lastWebAtMillis()).isEqualTo(millis(0));
    assertThat(store.usage().entries()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "app", "connection"})
  void sweep_removesWhoWasLastSeenBefore(String surface) {
    touch(surface, "before", NOW.minusMillis(1));
    touch(surface, "at", NOW);
    touch(surface, "after", NOW.plusMillis(1));

    assertThat(store.sweep(NOW)).isEqualTo(1);

    assertThat(store.read("before")).isEqualTo(PresenceReading.NEVER);
    assertThat(store.read("at")).isNotEqualTo(PresenceReading.NEVER);
    assertThat(store.read("after")).isNotEqualTo(PresenceReading.NEVER);
    assertThat(store.sweep(NOW)).isZero();
  }

  @Test
  void sweep_goesByTheLatestActivityOfAnySurface() {
    store.touchWeb("anna", NOW.minusSeconds(60));
    store.touchApp("anna", NOW);

    assertThat(store.sweep(NOW)).isZero();
  }

  @Test
  void usage_countsEntries_notTouches() {
    store.touchWeb("anna", NOW);
    store.touchApp("anna", NOW);
    store.touchWeb("bob", NOW);

    var usage = store.usage();
    assertThat(usage.entries()).isEqualTo(2);
    assertThat(usage.capacity()).isGreaterThan(2);
    assertThat(usage.refused()).isZero();
  }

  @Test
  void users_ofAnyCharactersAndLength_areKeptApart() {
    List<String> users = List.of("a", "A", "ä", "日本", "\uD83D\uDE00", "x".repeat(128), "a ", "");
    for (int i = 0; i < users.size(); i++) {
      store.touchWeb(users.get(i), NOW.plusMillis(i));
    }

    for (int i = 0; i < users.size(); i++) {
      assertThat(store.read(users.get(i)).lastWebAtMillis()).isEqualTo(millis(i));
    }
  }

  @Test
  void writers_ofTheSameUsersAtOnce_keepTheLatestOfEach() throws Exception {
    var writers = new ArrayList<Thread>();
    for (int writer = 0; writer < 4; writer++) {
      int shift = writer;
      writers.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < 20_000; i++) {
                  // Each writer goes through the same moments, out of step with the others.
                  int moment = (i + shift * 5_000) % 20_000;
                  store.connect("user" + moment % 50, NOW.plusMillis(moment), MINUTE);
                }
              }));
    }
    for (Thread writer : writers) {
      writer.join();
    }

    for (int user = 0; user < 50; user++) {
      long latest = millis(19_950 + user);
      assertThat(store.read("user" + user).lastAppAtMillis()).isEqualTo(latest);
      assertThat(store.read("user" + user).connectedUntilMillis()).isEqualTo(latest + 60_000);
    }
  }

  @Test
  void close_makesEveryCallIllegal_andMayBeRepeated() {
    store.close();
    store.close();

    assertThatIllegalStateException().isThrownBy(() -> store.touchWeb("anna", NOW));
    assertThatIllegalStateException().isThrownBy(() -> store.connect("anna", NOW, MINUTE));
    assertThatIllegalStateException().isThrownBy(() -> store.disconnect("anna"));
    assertThatIllegalStateException().isThrownBy(() -> store.forget("anna"));
    assertThatIllegalStateException().isThrownBy(() -> store.read("anna"));
    assertThatIllegalStateException().isThrownBy(() -> store.sweep(NOW));
    assertThatIllegalStateException().isThrownBy(() -> store.usage());
  }

  private void touch(String surface, String user, Instant at) {
    switch (surface) {
      case "web" -> store.touchWeb(user, at);
      case "app" -> store.touchApp(user, at);
      default -> store.connect(user, at, Duration.ofDays(7));
    }
  }

  private static long millis(long afterNow) {
    return NOW.toEpochMilli() + afterNow;
  }
}
