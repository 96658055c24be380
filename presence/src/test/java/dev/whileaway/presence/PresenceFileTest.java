package dev.whileaway.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.whileaway.testkit.log.CapturedLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of the file of a [ChroniclePresenceStore] from one start to the next.
@Timeout(value = 50, unit = TimeUnit.SECONDS) // Shorter than the library's wait for a stuck file.
class PresenceFileTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final PresenceReading SEEN = new PresenceReading(NOW.toEpochMilli(), 0, 0);

  @TempDir Path folder;

  @Test
  void restart_keepsEverything() throws Exception {
    try (var store = open(100)) {
      store.touchWeb("anna", NOW);
      store.connect("bob", NOW, Duration.ofMinutes(1));
    }

    try (var store = open(100)) {
      assertThat(store.read("anna")).isEqualTo(SEEN);
      assertThat(store.read("bob").connectedUntilMillis())
          .isEqualTo(NOW.plusSeconds(60).toEpochMilli());
    }
  }

  @Test
  void close_leavesTheFileAndTheCleanMark() throws Exception {
    open(100).close();

    assertThat(files()).containsExactly("clean", "lock", "v1-100-g1.map");
    assertThat(folder.resolve("clean")).hasContent("v1-100-g1.map");
  }

  @Test
  void open_takesTheCleanMarkAway() throws Exception {
    open(100).close();

    try (var store = open(100)) {
      assertThat(store.usage().entries()).isZero();
      assertThat(files()).containsExactly("lock", "v1-100-g1.map");
    }
  }

  @Test
  void open_ofAFolderInUse_isRefused_andNamesIt() throws Exception {
    try (var store = open(100)) {
      assertThatExceptionOfType(FolderInUseException.class)
          .isThrownBy(() -> open(100))
          .withMessageContaining("expected presence folder " + folder.toRealPath() + " to be free")
          .withMessageContaining("choose another data folder");

      store.touchWeb("anna", NOW);
      assertThat(store.read("anna")).isEqualTo(SEEN);
    }
  }

  @Test
  void open_withoutTheCleanMark_recovers() throws Exception {
    try (var store = open(100)) {
      store.touchWeb("anna", NOW);
    }
    Files.delete(folder.resolve("clean"));

    try (var store = open(100)) {
      assertThat(store.read("anna")).isEqualTo(SEEN);
      assertThat(files()).containsExactly("lock", "v1-100-g1.map");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void open_ofAFileThatIsNoMap_setsItAside_andStartsEmpty(boolean markedClean) throws Exception {
    Path broken = Files.writeString(folder.resolve("v1-100-g7.map"), "no map".repeat(2_000));
    if (markedClean) {
      Files.writeString(folder.resolve("clean"), "v1-100-g7.map");
    }
    Path older = Files.writeString(folder.resolve("set-aside-20260101T000000Z-v1-100-g6.map"), "");

    try (var warnings = new CapturedLog(PresenceMaps.class);
        var store = open(100)) {
      store.touchWeb("anna", NOW);
      assertThat(store.usage().entries()).isEqualTo(1);
      assertThat(warnings.messages())
          .singleElement(STRING)
          .contains("v1-100-g7.map cannot be used")
          .contains("every user counts as offline until seen again");
    }

    assertThat(broken).doesNotExist();
    assertThat(older).doesNotExist();
    assertThat(files())
        .containsExactly(
            "clean", "lock", "set-aside-20261121T120000Z-v1-100-g7.map", "v1-100-g8.map");
  }

  @Test
  void open_afterAKilledRecovery_setsTheFileAside_withoutWaiting() throws Exception {
    open(100).close();
    Files.move(folder.resolve("clean"), folder.resolve("recovering"));

    try (var store = open(100)) {
      store.touchWeb("anna", NOW);
    }

    assertThat(files())
        .containsExactly(
            "clean", "lock", "set-aside-20261121T120000Z-v1-100-g1.map", "v1-100-g2.map");
  }

  /// As after a kill while the library made the file: it waits a minute for it to become ready.
  @Test
  void open_ofAFileThatTakesTooLong_setsItAside() throws Exception {
    open(100).close();
    markUnready(folder.resolve("v1-100-g1.map"));

    PresenceFolder taken = PresenceFolder.take(folder);
    var maps = new PresenceMaps(taken, 100, () -> NOW, Duration.ofMillis(200));
    try (var warnings = new CapturedLog(PresenceMaps.class);
        var map = maps.open().map()) {
      assertThat(map.longSize()).isZero();
      assertThat(warnings.messages())
          .singleElement(STRING)
          .contains("opening took more than PT0.2S");
    }
    taken.release();

    assertThat(files())
        .containsExactly("lock", "set-aside-20261121T120000Z-v1-100-g1.map", "v1-100-g2.map");
  }

  @Test
  void open_removesWhatAKillInTheMakingLeft() throws Exception {
    open(100).close();
    Files.writeString(folder.resolve("v1-900-g2.map.unfinished"), "half");
    Files.copy(folder.resolve("v1-100-g1.map"), folder.resolve("v1-900-g2.map"));

    open(100).close();

    assertThat(files()).containsExactly("clean", "lock", "v1-900-g2.map");
  }

  @Test
  void open_ofANewFile_believesNoMarkOfAnOldOne() throws Exception {
    open(100).close();
    Files.delete(folder.resolve("v1-100-g1.map"));

    try (var store = open(100)) {
      assertThat(store.usage().entries()).isZero();
      assertThat(files()).containsExactly("lock", "v1-100-g1.map");
    }
  }

  @Test
  void open_forMoreUsersThanBefore_copiesIntoALargerFile() throws Exception {
    try (var store = open(10)) {
      touchUsers(store, 40);
    }

    try (var store = open(1_000)) {
      assertThat(files()).containsExactly("lock", "v1-1000-g2.map");
      assertThat(store.usage().entries()).isEqualTo(40);
      touchUsers(store, 2_000);
      assertThat(store.usage().entries()).isEqualTo(2_000);
      assertThat(store.usage().refused()).isZero();
      assertThat(store.read("user0")).isEqualTo(SEEN);
    }
  }

  @Test
  void open_forFewerUsersThanBefore_keepsTheFile() throws Exception {
    try (var store = open(1_000)) {
      store.touchWeb("anna", NOW);
    }

    try (var store = open(10)) {
      assertThat(files()).containsExactly("lock", "v1-1000-g1.map");
      assertThat(store.read("anna")).isEqualTo(SEEN);
    }
  }

  @Test
  void users_beyondTheDeclared_fitUpToTheCapacity_thenAreRefused() throws Exception {
    try (var store = open(100)) {
      touchUsers(store, 2_000);

      var usage = store.usage();
      assertThat(usage.entries()).isGreaterThan(500).isLessThan(1_000);
      assertThat(usage.capacity()).isBetween(usage.entries() * 9 / 10, usage.entries() * 11 / 10);
      assertThat(usage.refused()).isEqualTo(2_000 - usage.entries());
      assertThat(store.read("user1999")).isEqualTo(PresenceReading.NEVER);

      store.touchWeb("user0", NOW.plusSeconds(1));
      assertThat(store.read("user0").lastWebAtMillis())
          .isEqualTo(NOW.plusSeconds(1).toEpochMilli());
      assertThat(store.usage().refused()).isEqualTo(usage.refused());
    }
  }

  @Test
  void users_refused_areTakenAfterASweep_orAForget() throws Exception {
    try (var store = open(100)) {
      touchUsers(store, 2_000);
      long full = store.usage().entries();

      store.forget("user0");
      store.touchWeb("new", NOW.plusSeconds(1));
      assertThat(store.read("new")).isNotEqualTo(PresenceReading.NEVER);

      assertThat(store.sweep(NOW.plusMillis(1))).isEqualTo(full - 1);
      store.touchWeb("user1999", NOW);
      assertThat(store.read("user1999")).isEqualTo(SEEN);
    }
  }

  @Test
  void aFullFile_opensAgain_stillFull() throws Exception {
    long entries;
    try (var store = open(100)) {
      touchUsers(store, 2_000);
      entries = store.usage().entries();
    }

    try (var store = open(100)) {
      assertThat(store.usage().entries()).isEqualTo(entries);
      touchUsers(store, 2_000);
      assertThat(store.usage().entries()).isEqualTo(entries);
    }
  }

  @Test
  void sweep_whileOthersWrite_losesNoFreshUser() throws Exception {
    try (var store = open(5_000)) {
      var writer =
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < 5_000; i++) {
                  store.touchWeb("old" + i, NOW.minusSeconds(1));
                  store.touchWeb("fresh" + i, NOW);
                }
              });
      while (writer.isAlive()) {
        store.sweep(NOW);
      }
      store.sweep(NOW);

      assertThat(store.usage().entries()).isEqualTo(5_000);
      for (int i = 0; i < 5_000; i++) {
        assertThat(store.read("fresh" + i)).isEqualTo(SEEN);
      }
    }
  }

  /// The library unmaps the file on close, and does not mind who still uses it.
  @Test
  void close_whileOthersReadAndWrite_endsThemWithAnException() throws Exception {
    for (int round = 0; round < 5; round++) {
      var store = open(1_000);
      var uses =
          List.of(
              untilItFails(() -> touchUsers(store, 100)),
              untilItFails(() -> store.read("user1")),
              untilItFails(() -> store.sweep(NOW)));
      store.close();
      for (var use : uses) {
        assertThat(use.join()).isExactlyInstanceOf(IllegalStateException.class);
      }
    }
  }

  @Test
  void open_whenTheFolderCannotBeMade_says_so() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> ChroniclePresenceStore.open(TestSettings.in(file, 1), InstantSource.system()))
        .withMessageContaining(file.toString());
  }

  private ChroniclePresenceStore open(long expectedUsers) throws IOException {
    return ChroniclePresenceStore.open(TestSettings.in(folder, expectedUsers), () -> NOW);
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /// Sets the bit of the header's size word that says "not complete".
  private static void markUnready(Path file) throws IOException {
    try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(11);
      int high = raw.read();
      raw.seek(11);
      raw.write(high | 0x80);
    }
  }

  private static void touchUsers(PresenceStore store, int users) {
    for (int i = 0; i < users; i++) {
      store.touchWeb("user" + i, NOW);
    }
  }

  private static CompletableFuture<Throwable> untilItFails(Runnable use) {
    var failure = new CompletableFuture<Throwable>();
    Thread.ofPlatform()
        .start(() -> {
          try {
            while (true) {
              use.run();
            }
          } catch (Throwable e) {
            failure.complete(e);
          }
        });
    return failure;
  }
}
