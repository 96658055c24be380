package dev.whileaway.worker.client;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/// Repeats calls that fail because a daemon cannot answer just now: it restarts, or a shard has no
/// leader. Everything that the worker asks may be repeated safely.
///
/// Waits in real time, since it waits for other processes, whatever the clock of the decisions.
public final class Retry {

  private static final Duration FIRST_WAIT = Duration.ofMillis(20);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final Duration limit;
  private volatile boolean abandoned;

  /// @param limit how long to go on; a lease that has run out meanwhile is answered for by its
  ///   presumed answer
  public Retry(Duration limit) {
    this.limit = limit;
  }

  /// @throws StatusRuntimeException the last refusal, or the first that no repetition will change
  public <T> T call(Supplier<T> call) {
    long startedAtNanos = System.nanoTime();
    Duration wait = FIRST_WAIT;
    while (true) {
      try {
        return call.get();
      } catch (StatusRuntimeException e) {
        boolean late = System.nanoTime() - startedAtNanos + wait.toNanos() > limit.toNanos();
        if (!transientFailure(e.getStatus()) || late || abandoned || !pause(wait)) {
          throw e;
        }
        wait =
            wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
      }
    }
  }

  /// From now on every failure is final: the worker stops.
  public void abandon() {
    abandoned = true;
  }

  static boolean transientFailure(Status status) {
    return switch (status.getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED -> true;
      default -> false;
    };
  }

  /// @return false if the thread was interrupted: it is not worth going on
  private static boolean pause(Duration wait) {
    try {
      Thread.sleep(wait.toMillis() + ThreadLocalRandom.current().nextLong(wait.toMillis()));
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
