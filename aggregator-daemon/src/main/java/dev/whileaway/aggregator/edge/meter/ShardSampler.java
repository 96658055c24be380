package dev.whileaway.aggregator.edge.meter;

import dev.whileaway.aggregator.log.ShardLog;
import dev.whileaway.aggregator.log.ShardLog.Role;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import dev.whileaway.aggregator.shard.Counter;
import dev.whileaway.aggregator.shard.Counters;
import dev.whileaway.aggregator.shard.ShardView;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// What `/metrics` shows of the shards. Someone calls [#sample] now and then; a scrape reads what
/// the last sample saw, and waits for nobody.
///
/// The age of the oldest due backlog is the one to alarm on. It is counted up to now from the last
/// moment seen: if a shard hangs and no sample comes back, its age goes on growing. (TRAPS 16)
public final class ShardSampler {

  private final ShardLog log;
  private final InstantSource clock;
  private final List<Sampled> shards;

  public ShardSampler(ShardLog log, InstantSource clock, MeterRegistry registry) {
    this.log = log;
    this.clock = clock;
    this.shards = IntStream.range(0, log.shards()).mapToObj(Sampled::new).toList();
    shards.forEach(shard -> register(shard, registry));
    for (Counter counter : Counter.values()) {
      FunctionCounter.builder("whileaway.shard.counts", this, s -> s.total(counter))
          .description("What the shards led here have counted since their store was created")
          .tag("what", counter.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    Gauge.builder("whileaway.due.age", this, ShardSampler::oldestDueSeconds)
        .description("Age of the oldest backlog, or lapsed lease, that nobody has taken")
        .baseUnit("seconds")
        .register(registry);
  }

  private static final class Sampled {
    final ShardId id;
    volatile long backlogs;
    volatile long pendingEvents;
    volatile Counters counters = new Counters(Map.of());
    volatile OptionalLong wakesAtMillis = OptionalLong.empty();

    Sampled(int shard) {
      id = new ShardId(shard);
    }
  }

  private void register(Sampled shard, MeterRegistry registry) {
    gauge(registry, "whileaway.backlogs", "Users with pending events", shard, s -> s.backlogs);
    gauge(
        registry,
        "whileaway.events.pending",
        "Pending events, kept or only counted",
        shard,
        s -> s.pendingEvents);
    gauge(
        registry,
        "whileaway.shard.applied.index",
        "Raft entries applied",
        shard,
        s -> log.status(s.id).appliedIndex());
    gauge(
        registry,
        "whileaway.shard.snapshot.index",
        "The raft entry that the newest snapshot reaches",
        shard,
        s -> log.status(s.id).snapshotIndex());
    for (Role role : Role.values()) {
      Gauge.builder("whileaway.shard.role", shard, s -> log.status(s.id).role() == role ? 1 : 0)
          .description("1: what this node is for the shard")
          .tag("shard", String.valueOf(shard.id.value()))
          .tag("role", role.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  private static void gauge(
      MeterRegistry registry,
      String name,
      String description,
      Sampled shard,
      ToDoubleFunction<Sampled> value) {
    Gauge.builder(name, shard, value)
        .description(description)
        .tag("shard", String.valueOf(shard.id.value()))
        .register(registry);
  }

  /// Asks every shard that is led here, without waiting for the answers.
  public void sample() {
    for (Sampled shard : shards) {
      if (log.status(shard.id).role() == Role.LEADER) {
        // A read that fails leaves the last sample: that is what makes a sick shard's age grow.
        var _ = log.read(shard.id, view -> take(shard, view));
      }
    }
  }

  private static boolean take(Sampled shard, ShardView view) {
    shard.backlogs = view.backlogs();
    shard.pendingEvents = view.pendingEvents();
    shard.counters = view.counters();
    shard.wakesAtMillis = view.nextWakeAtMillis();
    return true;
  }

  /// Since the store was created, over the shards that are led here.
  private double total(Counter counter) {
    return shards.stream().mapToLong(shard -> shard.counters.of(counter)).sum();
  }

  private double oldestDueSeconds() {
    long now = clock.millis();
    long oldest =
        shards.stream().mapToLong(shard -> shard.wakesAtMillis.orElse(now)).min().orElse(now);
    return Math.max(0, now - oldest) / 1000.0;
  }
}
