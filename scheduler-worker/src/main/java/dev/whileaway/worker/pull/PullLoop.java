package dev.whileaway.worker.pull;

import dev.whileaway.v1.Channel;
import dev.whileaway.worker.WorkerSettings;
import dev.whileaway.worker.pipeline.DigestPipeline;
import dev.whileaway.worker.pipeline.Gathered;
import dev.whileaway.worker.plan.Due;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pulls due backlogs while there are free places, and works each on a virtual thread.
///
/// A place is taken before a backlog is asked for and freed when its lease is answered, so nothing
/// waits inside the worker and nothing grows with the load: what cannot be worked stays in the
/// shard, in the order of due times; a channel whose queues are half full is not asked for. A full
/// answer is followed at once by the next pull, as soon as half a batch's places are free; a thin
/// one waits for the tick.
public final class PullLoop {

  private static final Logger log = LoggerFactory.getLogger(PullLoop.class);

  /// Room is waited for this long at most, so that a stop is never late. Real time.
  private static final Duration ROOM_WAIT_MAX = Duration.ofSeconds(1);

  /// A channel without room has some again long before the next tick; it is looked for now and
  /// then, and what else is due is asked for after so many looks. Real time.
  private static final Duration ROOM_LOOK = Duration.ofMillis(2);

  private static final int ROOM_LOOKS = 10;

  private final WorkerSettings settings;
  private final Function<Wish, List<Due>> pull;
  private final OnTheWay onTheWay = new OnTheWay();
  private final Room room;
  private final DigestPipeline pipeline;
  private final WorkerMetrics metrics;
  private final AtomicBoolean stopping;
  private final Semaphore places;
  private final Recess recess = new Recess();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// @param stopping shared with the pipeline: set by [#stop]
  public PullLoop(
      WorkerSettings settings,
      Function<Wish, List<Due>> pull,
      Room room,
      DigestPipeline pipeline,
      WorkerMetrics metrics,
      AtomicBoolean stopping) {
    this.settings = settings;
    this.pull = pull;
    this.room = onTheWay.leave(room);
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

  /// @return whether there may be more to pull at once: as much was due of something as was asked
  ///   for, or a channel had no room at all
  private boolean pullFully() throws InterruptedException {
    int taken = takePlaces();
    List<Wish> wishes = Wish.of(taken, inFlight() - taken, room);
    boolean more = pull(taken, wishes);
    List<Channel> leftOut = Wish.leftOut(wishes);
    if (!more && taken > 0 && !leftOut.isEmpty()) {
      awaitRoom(leftOut);
      return true;
    }
    return more;
  }

  private void awaitRoom(List<Channel> leftOut) throws InterruptedException {
    for (int look = 0; look < ROOM_LOOKS && !anyHasRoom(leftOut); look++) {
      Thread.sleep(ROOM_LOOK);
    }
  }

  private boolean anyHasRoom(List<Channel> channels) {
    return channels.stream().anyMatch(channel -> room.of(channel, inFlight()) > 0);
  }

  private boolean pull(int taken, List<Wish> wishes) {
    List<Due> pulled = new ArrayList<>();
    boolean more = false;
    try {
      for (Wish wish : wishes) {
        List<Due> batch = stopping.get() ? List.of() : pull.apply(wish);
        recess.succeeded();
        if (!batch.isEmpty()) {
          onTheWay.left(batch);
          threads.execute(() -> work(batch));
        }
        pulled.addAll(batch);
        more |= batch.size() == wish.limit();
      }
      metrics.pulled(pulled);
      return more;
    } finally {
      places.release(taken - pulled.size());
    }
  }

  /// Waits a moment for the places of half a batch, so that a busy worker asks for many at a time;
  /// if slow providers hold most places, it makes do with those that are free.
  private int takePlaces() throws InterruptedException {
    int half = Math.max(1, Math.min(settings.batch(), settings.inFlight()) / 2);
    long waitMillis = Math.min(settings.tick().toMillis(), ROOM_WAIT_MAX.toMillis());
    int taken = places.tryAcquire(half, waitMillis, TimeUnit.MILLISECONDS) ? half : 0;
    int more = Math.min(settings.batch() - taken, places.availablePermits());
    return more > 0 && places.tryAcquire(more) ? taken + more : taken;
  }

  /// The places of what never begins are freed here, whatever breaks: a place that is lost once is
  /// lost for ever.
  private void work(List<Due> batch) {
    int begun = 0;
    try {
      Consumer<Due> attempt = attempt(batch);
      for (Due due : batch) {
        inPlace(due, attempt);
        begun++;
      }
    } finally {
      batch.subList(begun, batch.size()).forEach(onTheWay::arrived);
      places.release(batch.size() - begun);
    }
  }

  private Consumer<Due> attempt(List<Due> batch) {
    try {
      Gathered gathered = stopping.get() ? Gathered.NOTHING : pipeline.gather(batch);
      return due -> pipeline.attempt(due, gathered, () -> onTheWay.arrived(due));
    } catch (RuntimeException e) {
      // One user's trouble must not be everybody's: each is tried alone.
      log.debug("cannot read what is known of the users of {} backlogs", batch.size(), e);
      return due -> pipeline.attempt(due, () -> onTheWay.arrived(due));
    }
  }

  private void inPlace(Due due, Consumer<Due> attempt) {
    threads.execute(() -> {
      try {
        attempt.accept(due);
      } finally {
        onTheWay.arrived(due);
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
      threads.shutdown();
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
