package dev.whileaway.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Other processes at the same folder: killed while they write, or kept out.
@Timeout(value = 50, unit = TimeUnit.SECONDS) // Shorter than the library's wait for a dead lock.
class PresenceCrashTest {

  @TempDir Path folder;

  @Test
  void kill_whileWriting_losesNothingWritten_andLeavesNoLockBehind() throws Exception {
    Process writer = ChildJvm.start(CrashingWriter.class, folder);
    final Map<String, Integer> written;
    try (BufferedReader lines = writer.inputReader()) {
      written = rounds(lines.lines().limit(20));
      assertThatExceptionOfType(FolderInUseException.class).isThrownBy(this::open);

      // By its handle, since a Process that is destroyed closes its streams.
      writer.toHandle().destroyForcibly();
      rounds(lines.lines()).forEach((thread, round) -> written.merge(thread, round, Math::max));
      writer.waitFor();
    }

    try (var store = open()) {
      assertThat(written).isNotEmpty();
      written.forEach((thread, round) -> assertWritten(store, thread, round));
    }
  }

  @Test
  void secondOpen_inTheSameProcess_doesNotGiveTheLockAway() throws Exception {
    try (var _ = open()) {
      assertThatExceptionOfType(FolderInUseException.class).isThrownBy(this::open);

      Process probe = ChildJvm.start(LockProbe.class, folder);
      assertThat(new String(probe.getInputStream().readAllBytes()).strip()).isEqualTo("taken");
      probe.waitFor();
    }
  }

  /// Every entry is of its last acknowledged round or a later one, but for the one that was being
  /// written: its checksum is wrong, so recovery removes it. And each can be written again: the
  /// lock that the dead process held is gone.
  private static void assertWritten(PresenceStore store, String thread, int round) {
    long acknowledged = CrashingWriter.START.toEpochMilli() + round;
    long keepAlive = CrashingWriter.KEEP_ALIVE.toMillis();
    int lost = 0;
    for (int user = 0; user < CrashingWriter.USERS_PER_THREAD; user++) {
      PresenceReading reading = store.read(thread + user);
      boolean whole = reading.connectedUntilMillis() == reading.lastAppAtMillis() + keepAlive;
      lost += whole && reading.lastAppAtMillis() >= acknowledged ? 0 : 1;
      store.touchWeb(thread + user, CrashingWriter.START);
    }
    assertThat(lost).isLessThanOrEqualTo(1);
  }

  /// The last round that each thread of the child has finished. A line that is cut off names an
  /// earlier one, or none.
  private static Map<String, Integer> rounds(Stream<String> lines) {
    Map<String, Integer> last = new HashMap<>();
    lines
        .filter(line -> line.matches("[ab] \\d+"))
        .map(line -> line.split(" "))
        .forEach(words -> last.merge(words[0], Integer.parseInt(words[1]), Math::max));
    return last;
  }

  private ChroniclePresenceStore open() throws IOException {
    return ChroniclePresenceStore.open(
        TestSettings.in(folder, 2L * CrashingWriter.USERS_PER_THREAD), () -> CrashingWriter.START);
  }
}
