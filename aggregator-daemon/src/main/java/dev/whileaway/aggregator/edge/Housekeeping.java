package dev.whileaway.aggregator.edge;

import dev.whileaway.aggregator.edge.meter.ShardSampler;
import dev.whileaway.presence.PresenceStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The little that the daemon does by itself: it samples the shards for `/metrics`, and once a day
/// sweeps presence. It ticks in real time, and looks at the daemon's clock to see whether a day has
/// passed.
final class Housekeeping implements AutoCloseable {

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration FIRST_SWEEP_AFTER = Duration.ofMinutes(10);
  private static final Duration SWEEP_EVERY = Duration.ofDays(1);
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

  private final ShardSampler sampler;
  private final PresenceStore presence;
  private final Duration keepPresenceFor;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("housekeeping").factory());
  private Instant nextSweep;

  Housekeeping(
      ShardSampler sampler, PresenceStore presence, Duration keepPresenceFor, InstantSource clock) {
    this.sampler = sampler;
    this.presence = presence;
    this.keepPresenceFor = keepPresenceFor;
    this.clock = clock;
    this.nextSweep = clock.instant().plus(FIRST_SWEEP_AFTER);
  }

  void start() {
    var _ = thread.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// A tick that throws would be the last one. (TRAPS 16)
  private void tick() {
    try {
      sampler.sample();
      sweepIfTime(clock.instant());
    } catch (RuntimeException e) {
      log.error("housekeeping failed; the next turn comes in {}", TICK, e);
    }
  }

  void sweepIfTime(Instant now) {
    if (now.isBefore(nextSweep)) {
      return;
    }
    nextSweep = now.plus(SWEEP_EVERY);
    long removed = presence.sweep(now.minus(keepPresenceFor));
    if (removed > 0) {
      log.info("presence swept: {} users not seen for {}", removed, keepPresenceFor);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
