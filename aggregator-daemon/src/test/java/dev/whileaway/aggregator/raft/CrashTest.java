package dev.whileaway.aggregator.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whileaway.aggregator.DaemonSettings.Log;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Kills a process that writes, at moments of chance, again and again over one store.
@ParameterizedClass
@EnumSource(Log.class)
class CrashTest {

  private static final int ROUNDS = 8;
  private static final int LIFE_MILLIS_MAX = 400;

  @Parameter Log log;
  @TempDir Path folder;

  // TRAPS 2, 15
  @Test
  @Timeout(600)
  void kill_atAnyMoment_keepsEveryAcknowledgedEventOnce() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    Set<String> acknowledged = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      var life = live(round, random.nextInt(LIFE_MILLIS_MAX));
      assertKept(life.found, acknowledged, "seed %d, round %d".formatted(seed, round));
      acknowledged.addAll(life.acknowledged);
    }
    assertThat(acknowledged).hasSizeGreaterThan(1_000);

    var last = live(ROUNDS, 0);
    assertKept(last.found, acknowledged, "seed %d, at last".formatted(seed));
  }

  // Another process, that is: StoreFolderTest has the same process.
  @Test
  @Timeout(300)
  void open_whileAnotherProcessRuns_isRefusedWithItsId() throws Exception {
    Process other =
        CrashChild.command(log, folder, 0).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader lines = other.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("ready");

      assertThatThrownBy(() -> TestStore.open(log, folder, CrashChild.SHARDS, TestStore.SELDOM))
          .isInstanceOf(StoreRefusedException.class)
          .hasMessageContaining("in use by process " + other.pid());
    } finally {
      kill(other);
    }
  }

  private static void assertKept(List<String> found, Set<String> acknowledged, String when) {
    assertThat(found).as(when).doesNotHaveDuplicates();
    var missing = new HashSet<>(acknowledged);
    missing.removeAll(found);
    assertThat(missing).as(when).isEmpty();
  }

  private record Life(List<String> found, List<String> acknowledged) {}

  /// Lets a process live so long after it is ready, then kills it.
  private Life live(int round, int millis) throws Exception {
    var life = new Life(new ArrayList<>(), new ArrayList<>());
    Process child =
        CrashChild.command(log, folder, round)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = child.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals("ready")) {
          Thread.ofVirtual().start(() -> killAfter(child, millis));
        } else if (line.startsWith("found ")) {
          life.found.add(line.substring("found ".length()));
        } else if (line.startsWith("acked ")) {
          life.acknowledged.add(line.substring("acked ".length()));
        } else {
          throw new AssertionError("expected found, ready or acked, but found: " + line);
        }
      }
    } finally {
      kill(child);
    }
    return life;
  }

  private static void killAfter(Process child, int millis) {
    try {
      child.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Process.destroyForcibly would also close the stream that still has acknowledgements in it.
    child.toHandle().destroyForcibly();
  }

  private static void kill(Process child) throws InterruptedException {
    child.destroyForcibly().waitFor();
  }
}
