package dev.whileaway.ops.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.ops.crash.Story.Fate;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A short run of the crash suite.
class ServeKillTest {

  private static final int KILLS = 20;

  @TempDir private Path folder;

  // TRAPS 2, 6, 14, 15, 20
  @Test
  @Timeout(600)
  void kill_atAnyMoment_losesNoAcknowledgedEvent_andTellsNoneTwice() throws Exception {
    long seed = System.nanoTime();

    CrashResult result = CrashSuite.run(folder, KILLS, seed, line -> {});

    assertThat(result.sound()).as("seed %d%n%s", seed, result.faults()).isTrue();
    assertThat(result.acknowledged()).as(result.table()).isGreaterThan(KILLS * 20);
    assertThat(result.fates().get(Fate.PENDING)).as("the patient").isEqualTo(1);
    assertThat(result.fates()).as(result.table()).containsKeys(Fate.TOLD, Fate.CLEARED);
    assertThat(result.mails()).as(result.table()).isPositive();
    assertThat(result.pushes()).as(result.table()).isPositive();
  }
}
