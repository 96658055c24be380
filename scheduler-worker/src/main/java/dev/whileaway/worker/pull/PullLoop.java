package dev.whileaway.worker.pull;

import dev.whileaway.worker.WorkerSettings;
import dev.whileaway.worker.pipeline.DigestPipeline;
import dev.whileaway.worker.pipeline.Gathered;
import dev.whileaway.worker.plan.Due;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pulls due backlogs while there are free places, and works each on a virtual thread.
///
/// A place is taken before a backlog is asked for and freed when its lease is answered, so nothing
/// waits inside the worker and nothing grows with the load: what cannot be worked stays in the
/// shard, in the order of due times. A full answer is followed at once by the next pull, as soon as
/// half a batch's places are free; a thin one waits for the tick.
public final class PullLoop {

  private static final Logger log = LoggerFactory.getLogger(PullLoop.class);

  private final WorkerSettings settings;
  private final Function<Integer, List<Due>> pull;
  private final DigestPipeline pipeline;
  private final WorkerMetrics metrics;
  private final AtomicBoolean stopping;
  private final Semaphore places;
  private final Recess recess = new Recess();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// @param pull asks for up to so many
  /// @param stopping shared with the pipeline: set by [#stop]
  public PullLoop(
      WorkerSettings settings,
      Function<Integer, List<Due>> pull,
      DigestPipeline pipeline,
      WorkerMetrics metrics,
      AtomicBoolean stopping) {
    this.settings = settings;
    this.pull = pull;
    this.pipeline = pipeline;
    this.metrics = metrics;
    this.stopping = stopping;
    this.places = new Semaphore(settings.inFlight());
    metrics.inFlight(() -> settings.inFlight() - places.availablePermits());
  }

  /// Pulls until little is due. Called by one thread at a time; never throws, so that the next tick
  /// comes whatever happened in this one.
  public void tick() {
    try {
      while (!stopping.get() && recess.over() && pullFully()) {
        // A full batch: there is likely more.
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      metrics.pullFailed();
      recess.failed(e);
    }
  }

  /// @return whether as much was due as was asked for
  private boolean pullFully() throws InterruptedException {
    int taken = takePlaces();
    if (taken == 0) {
      return false;
    }
    int used = 0;
    try {
      List<Due> batch = pull.apply(taken);
      used = batch.size();
      recess.succeeded();
      metrics.pulled(batch);
      if (!batch.isEmpty()) {
        threads.execute(() -> work(batch));
      }
      return used == taken;
    } finally {
      places.release(taken - used);
    }
  }

  /// Waits up to a tick for the places of half a batch, so that a busy worker asks for many at a
  /// time; if slow providers hold most places, it makes do with those that are free.
  private int takePlaces() throws InterruptedException {
    int half = Math.max(1, Math.min(settings.batch(), settings.inFlight()) / 2);
    int taken =
        places.tryAcquire(half, settings.tick().toMillis(), TimeUnit.MILLISECONDS) ? half : 0;
    int more = Math.min(settings.batch() - taken, places.availablePermits());
    return more > 0 && places.tryAcquire(more) ? taken + more : taken;
  }

  private void work(List<Due> batch) {
    Gathered gathered;
    try {
      gathered = stopping.get() ? Gathered.NOTHING : pipeline.gather(batch);
    } catch (RuntimeException e) {
      // One user's trouble must not be everybody's: each is tried alone.
      log.debug("cannot read what is known of the users of {} backlogs", batch.size(), e);
      batch.forEach(due -> inPlace(() -> pipeline.attempt(due)));
      return;
    }
    batch.forEach(due -> inPlace(() -> pipeline.attempt(due, gathered)));
  }

  private void inPlace(Runnable attempt) {
    threads.execute(() -> {
      try {
        attempt.run();
      } finally {
        places.release();
      }
    });
  }

  /// Pulls no more, and gives back what has not begun to send.
  public void stop() {
    stopping.set(true);
  }

  /// Waits for what is being sent, after [#stop].
  ///
  /// @param patience real time; then sends under way are interrupted and end as unknown
  public void close(Duration patience) {
    if (awaitIdle(patience)) {
      threads.close();
      return;
    }
    log.warn("{} backlogs still in work: interrupting them", inFlight());
    threads.shutdownNow();
    if (!awaitIdle(Duration.ofSeconds(2))) {
      log.warn("{} backlogs left to their leases", inFlight());
    }
  }

  private int inFlight() {
    return settings.inFlight() - places.availablePermits();
  }

  private boolean awaitIdle(Duration patience) {
    try {
      if (places.tryAcquire(settings.inFlight(), patience.toMillis(), TimeUnit.MILLISECONDS)) {
        places.release(settings.inFlight());
        return true;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
