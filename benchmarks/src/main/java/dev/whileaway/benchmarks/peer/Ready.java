package dev.whileaway.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Waits for a server that was started: while it loads what it has, it refuses.
public final class Ready {

  private static final Duration READY_MAX = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(10);

  private Ready() {}

  /// Asks a server for something small.
  @FunctionalInterface
  public interface Probe {
    /// @return empty: it answered; else what it said instead
    Optional<String> refusal();
  }

  /// Returns once it answers.
  ///
  /// @param log where the reader of a failure should look
  /// @throws IOException if it ends, or has not answered within two minutes
  public static void await(String name, ProcessHandle server, Path log, Probe probe)
      throws IOException, InterruptedException {
    Optional<String> refusal = Optional.of("that it ended");
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < READY_MAX.toNanos() && server.isAlive()) {
      refusal = probe.refusal();
      if (refusal.isEmpty()) {
        return;
      }
      Thread.sleep(LOOK);
    }
    throw new IOException(
        "expected %s to answer, but found %s; its log is %s"
            .formatted(name, refusal.orElseThrow(), log));
  }
}
