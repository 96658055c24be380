package dev.whileaway.aggregator.raft;

import static dev.whileaway.aggregator.raft.TestStore.FIRST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.whileaway.aggregator.DaemonSettings.Log;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The log's own files; [DamageTest] opens whole stores.
class LogCheckTest {

  /// What a segment that was allocated ahead goes on with.
  private static final int ZEROS = 600;

  /// As a kill leaves it: with its entries, and zeros after them.
  private static byte[] log;

  private static List<Integer> entries;

  /// Of all entries.
  private static int bytes;

  @TempDir private Path folder;
  private Path open;

  @BeforeAll
  static void fill(@TempDir Path temp) throws Exception {
    byte[] written = DamagedStore.in(Log.LOCAL, temp, false).bytes("log_inprogress_.*");
    Path file = Files.write(temp.resolve("log"), written);
    entries = DamagedStore.entries(file);
    bytes = LogSegmentFile.read(file, 0).bytes();
    log = Arrays.copyOf(written, bytes + ZEROS);
    assertThat(entries).hasSize(2 * DamagedStore.USERS);
  }

  @BeforeEach
  void name() {
    open = folder.resolve("log_inprogress_0");
  }

  @Test
  void check_soundLog_changesNothing() throws Exception {
    check(log);

    assertThat(Files.readAllBytes(open)).isEqualTo(log);
  }

  @Test
  void check_fileCutAtAnyByteOfTheLastEntry_dropsThatEntryOnly() throws Exception {
    int last = entries.getLast();
    for (int cut = last; cut < bytes; cut++) {
      check(Arrays.copyOf(log, cut));

      assertThat(Files.readAllBytes(open)).as("%d bytes", cut).isEqualTo(Arrays.copyOf(log, last));
    }
  }

  @Test
  void check_writeCutAtAnyByteOfTheLastEntry_dropsThatEntryOnly() throws Exception {
    int last = entries.getLast();
    for (int cut = last + 1; cut < bytes; cut++) {
      check(Arrays.copyOf(Arrays.copyOf(log, cut), log.length));

      assertThat(Files.readAllBytes(open)).as("%d bytes", cut).isEqualTo(Arrays.copyOf(log, last));
    }
  }

  @Test
  void check_anyFlippedBit_isRefused_andNothingIsChanged() throws Exception {
    // A flip may end the last checksum in a zero, as a write cut short would.
    for (int at = 0; at < bytes - Integer.BYTES; at++) {
      byte[] damaged = log.clone();
      damaged[at] ^= (byte) (1 << at % Byte.SIZE);

      assertRefused(damaged, "byte " + at);
    }
  }

  // Ratis would take it for a torn tail, and drop it with all that follows.
  @Test
  void check_anyLengthThatReachesBeyondTheFile_isRefused() throws Exception {
    for (int entry : entries) {
      byte[] damaged = Arrays.copyOf(log, bytes);
      // More bytes of it are to come, it says.
      damaged[entry] ^= (byte) 0x80;

      assertRefused(damaged, "entry at " + entry);
    }
  }

  @Test
  void check_closedSegment_mustBeWhole() throws Exception {
    int last = entries.size() - 1;
    Path closed = open.resolveSibling("log_0-" + last);
    Files.write(closed, Arrays.copyOf(log, bytes));
    LogCheck.check(FIRST, folder);

    Files.write(closed, Arrays.copyOf(log, entries.getLast()));
    assertThatThrownBy(() -> LogCheck.check(FIRST, folder))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining(
            "expected entries up to %d, but found them end with %d", last, last - 1);

    Files.write(closed, Arrays.copyOf(log, bytes - 1));
    assertThatThrownBy(() -> LogCheck.check(FIRST, folder))
        .hasMessageContaining("expected a whole entry, but found its beginning only");
  }

  @Test
  void check_refusal_namesShardFilePlaceAndWhatToDo() throws Exception {
    byte[] damaged = log.clone();
    damaged[entries.getLast() - 10] ^= 1;
    Files.write(open, damaged);

    assertThatThrownBy(() -> LogCheck.check(FIRST, folder))
        .hasMessageMatching(
            "\\Q"
                + open
                + "\\E: expected the raft log of shard-0 to be whole, but found it damaged"
                + " \\(entry \\d+ at byte \\d+: expected a whole entry, but found something else,"
                + " and after it entries that are whole\\); nothing was changed: look at the disk,"
                + " and restore the whole store from a copy");
  }

  private void check(byte[] content) throws Exception {
    Files.write(open, content);
    LogCheck.check(FIRST, folder);
  }

  private void assertRefused(byte[] content, String what) throws Exception {
    Files.write(open, content);
    assertThat(catchThrowable(() -> LogCheck.check(FIRST, folder)))
        .as(what)
        .isInstanceOf(StoreRefusedException.class);
    assertThat(Files.readAllBytes(open)).as(what).isEqualTo(content);
  }
}
