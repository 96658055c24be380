package dev.whileaway.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Requests at a steady rate, whatever became of those before.
///
/// An answer's time counts from the moment at which its request was meant to begin: a server that
/// stands still is charged for all who would have come meanwhile (no coordinated omission).
public final class OpenLoop {

  private static final Duration LAST_ANSWERS_MAX = Duration.ofSeconds(60);
  private static final int DIGITS = 3;

  private OpenLoop() {}

  /// Returns once every request is answered.
  ///
  /// @param perSecond requests, 1 or more
  /// @param goOn asked before each request
  /// @return microseconds from the meant beginning to the answer
  /// @throws IOException if a request failed, or was not answered within a minute
  public static Histogram run(Step step, int perSecond, BooleanSupplier goOn)
      throws IOException, InterruptedException {
    var micros = new ConcurrentHistogram(DIGITS);
    var answers = new ArrayList<CompletableFuture<?>>();
    long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
    for (long next = System.nanoTime(); goOn.getAsBoolean(); next += gap) {
      awaitMoment(next);
      long meant = next;
      answers.add(
          step.run()
              .thenAccept(_ -> micros.recordValue((System.nanoTime() - meant) / 1_000))
              .toCompletableFuture());
    }
    awaitAll(answers);
    return micros;
  }

  /// True for so long, from now on.
  public static BooleanSupplier lasting(Duration time) {
    long begun = System.nanoTime();
    return () -> System.nanoTime() - begun < time.toNanos();
  }

  private static void awaitMoment(long nanoTime) throws InterruptedException {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private static void awaitAll(List<CompletableFuture<?>> answers)
      throws IOException, InterruptedException {
    try {
      var _ =
          CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
              .get(LAST_ANSWERS_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(
          "expected every request to be answered, but found " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException(
          "expected the last answers within %s, but found that some are missing"
              .formatted(LAST_ANSWERS_MAX),
          e);
    }
  }
}
