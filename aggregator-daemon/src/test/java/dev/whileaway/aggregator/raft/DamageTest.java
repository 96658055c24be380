package dev.whileaway.aggregator.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whileaway.aggregator.DaemonSettings.Log;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Opens stores of which a file was damaged: what is acknowledged is there, or the store is refused
/// in words. Nothing is skipped silently.
class DamageTest {

  @TempDir Path temp;

  @Test
  void open_tornTail_keepsEverythingBeforeIt() throws Exception {
    var store = DamagedStore.in(Log.LOCAL, temp, false);
    store.copy();
    Path log = store.file("log_inprogress_.*");
    byte[] sound = Files.readAllBytes(log);
    List<Integer> entries = DamagedStore.entries(log);
    int last = entries.getLast();
    int end = LogSegmentFile.read(log, 0).bytes();
    List<String> expected;
    try (var whole = TestStore.open(store.copy(), 1, TestStore.SELDOM)) {
      expected = DamagedStore.content(whole);
    }

    for (int bytes = last; bytes < end; bytes += 40) {
      for (int length : List.of(bytes, end + 1000)) {
        store.copy();
        Files.write(
            store.file("log_inprogress_.*"), Arrays.copyOf(Arrays.copyOf(sound, bytes), length));
        try (var opened = TestStore.open(temp.resolve("copy"), 1, TestStore.SELDOM)) {
          // The last entry put the last user's profile.
          assertThat(DamagedStore.content(opened).subList(0, DamagedStore.USERS - 1))
              .as("%d of %d bytes", bytes, length)
              .isEqualTo(expected.subList(0, DamagedStore.USERS - 1));
          assertThat(opened.pending(TestStore.FIRST, "user-" + (DamagedStore.USERS - 1)))
              .hasSize(1);
          assertThat(opened.ask(TestStore.FIRST, TestStore.report("user-0", "again")))
              .isEqualTo(new dev.whileaway.aggregator.shard.ShardReply.Reported(1, List.of()));
        }
      }
    }
  }

  @Test
  void open_damagedLog_isRefusedInWords() throws Exception {
    var store = DamagedStore.in(Log.LOCAL, temp, true);
    Path folder = store.copy();
    Path log = store.file("log_inprogress_.*");
    byte[] bytes = Files.readAllBytes(log);
    bytes[LogSegmentFile.read(log, 0).bytes() / 2] ^= 4;
    Files.write(log, bytes);

    assertThatThrownBy(() -> TestStore.open(folder, 1, TestStore.SELDOM))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageStartingWith(log + ": expected the raft log of shard-0 to be whole")
        .hasMessageEndingWith("restore the whole store from a copy");
  }

  // Left to itself, Ratis takes it for a torn tail, and drops all entries from there on.
  @Test
  void open_lengthThatReachesBeyondTheFile_isRefusedInWords() throws Exception {
    var store = DamagedStore.in(Log.LOCAL, temp, false);
    Path folder = store.copy();
    Path log = store.file("log_inprogress_.*");
    byte[] bytes = Files.readAllBytes(log);
    List<Integer> entries = DamagedStore.entries(log);
    bytes[entries.get(entries.size() / 2)] ^= (byte) 0x80;
    Files.write(log, bytes);

    assertThatThrownBy(() -> TestStore.open(folder, 1, TestStore.SELDOM).close())
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("and after it entries that are whole");
  }

  /// A bit here and there in every other file: refused at the start, or, where only a record is
  /// read later, at that read; or the file's damage does not matter, and all is there.
  @ParameterizedTest
  @CsvSource({
    "LOCAL, store\\.properties, 11",
    "RAFT, raft-meta, 7",
    "RAFT, raft-meta\\.conf, 9",
    "LOCAL, .*\\.sst, 97",
    "LOCAL, CURRENT, 5",
    "LOCAL, MANIFEST-.*, 31"
  })
  void open_flippedBit_isRefused_orAllIsThere(Log log, String name, int step) throws Exception {
    var store = DamagedStore.in(log, temp, true);
    List<String> expected;
    try (var sound = TestStore.open(log, store.copy(), 1, TestStore.SELDOM)) {
      expected = DamagedStore.content(sound);
    }
    int bytes = store.bytes(name).length;
    int refused = 0;
    for (int at = 0; at < bytes; at += step) {
      Path folder = store.copy();
      Path file = store.file(name);
      byte[] damaged = Files.readAllBytes(file);
      damaged[at] ^= (byte) (1 << at % Byte.SIZE);
      Files.write(file, damaged);
      String when = "%s, byte %d".formatted(name, at);
      try (var opened = TestStore.open(log, folder, 1, TestStore.SELDOM)) {
        assertThat(DamagedStore.content(opened)).as(when).isEqualTo(expected);
      } catch (StoreRefusedException e) {
        assertThat(e).as(when).hasMessageContaining(folder.toString()).hasMessageContaining("; ");
        refused++;
      } catch (ExecutionException e) {
        assertThat(e.getCause()).as(when).hasMessageContaining("cannot read the shard's database");
        refused++;
      }
    }
    assertThat(refused).as(name).isPositive();
  }
}
