package dev.whileaway.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ProcessUseTest {

  /// `exec` puts a program that waits for nobody into the place of the child's parent.
  @Test
  void child_thatEndedAndWasNotWaitedFor_hasNoMemory() throws Exception {
    Process parent = new ProcessBuilder("sh", "-c", "sleep 0.2 & exec sleep 60").start();
    try {
      while (parent.descendants().findAny().isEmpty()
          || !parent.info().commandLine().orElse("").contains("sleep 60")) {
        Thread.onSpinWait();
      }
      ProcessHandle child = parent.descendants().findAny().orElseThrow();
      while (child.info().command().isPresent()) {
        Thread.onSpinWait();
      }
      assertThat(child.isAlive()).isTrue();

      assertThat(ProcessUse.residentBytes(parent.toHandle())).isPositive();
    } finally {
      ProcessUse.kill(parent.toHandle());
    }
  }
}
