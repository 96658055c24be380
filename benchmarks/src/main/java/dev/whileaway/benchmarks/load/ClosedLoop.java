package dev.whileaway.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/// Lanes that each have one request in flight: the next begins when the last is answered, on the
/// thread that brought the answer. As many lanes, so many requests in flight.
public final class ClosedLoop {

  private static final Duration LOOK = Duration.ofMillis(10);
  private static final Duration LAST_ANSWERS_MAX = Duration.ofSeconds(60);

  private final LongAdder units = new LongAdder();
  private final CompletableFuture<Void> ended;
  private volatile boolean stopped;

  private ClosedLoop(List<Step> lanes) {
    CompletableFuture<?>[] ends = lanes.stream().map(this::begin).toArray(CompletableFuture[]::new);
    this.ended = CompletableFuture.allOf(ends);
  }

  /// Runs until nothing is left, or the window is over.
  ///
  /// @param server whose seconds of processor are read
  /// @return what happened within the window
  /// @throws IOException if a request failed
  public static Reading run(List<Step> lanes, Pace pace, ProcessHandle server)
      throws IOException, InterruptedException {
    var loop = new ClosedLoop(lanes);
    try {
      loop.await(pace.warmUp());
      Reading begin = Reading.now(loop.units.sum(), server);
      loop.await(pace.window());
      Reading end = Reading.now(loop.units.sum(), server);
      return end.since(begin);
    } finally {
      loop.stopped = true;
      loop.endsWithin(LAST_ANSWERS_MAX);
    }
  }

  /// Runs until nothing is left.
  ///
  /// @return the units done
  public static long drain(List<Step> lanes, Duration patience)
      throws IOException, InterruptedException {
    var loop = new ClosedLoop(lanes);
    if (!loop.endsWithin(patience)) {
      loop.stopped = true;
      throw new IOException(
          "expected an end within %s, but found %d units done; use fewer users"
              .formatted(patience, loop.units.sum()));
    }
    return loop.units.sum();
  }

  private CompletableFuture<Void> begin(Step lane) {
    var end = new CompletableFuture<Void>();
    next(lane, end);
    return end;
  }

  private void next(Step lane, CompletableFuture<Void> end) {
    var _ =
        lane.run()
            .whenComplete((done, failure) -> {
              if (failure != null) {
                end.completeExceptionally(failure);
                return;
              }
              units.add(done);
              if (done == 0 || stopped) {
                end.complete(null);
              } else {
                next(lane, end);
              }
            });
  }

  /// Until the time is over, or all lanes have ended.
  private void await(Duration time) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < time.toNanos()) {
      if (endsWithin(LOOK)) {
        return;
      }
    }
  }

  private boolean endsWithin(Duration time) throws IOException, InterruptedException {
    try {
      var _ = ended.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException(
          "expected every request to be answered, but found " + e.getCause(), e.getCause());
    }
  }
}
