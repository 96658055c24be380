package dev.whileaway.aggregator.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.edge.meter.ShardSampler;
import dev.whileaway.aggregator.log.MemoryShardLog;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import dev.whileaway.aggregator.shard.NewEvent;
import dev.whileaway.aggregator.shard.ShardCommand.ReportEvents;
import dev.whileaway.aggregator.shard.ShardLimits;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.presence.HeapPresenceStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HousekeepingTest {

  private final MovableClock clock = new MovableClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MemoryShardLog log = new MemoryShardLog(1, ShardLimits.STANDARD, clock);
  private final ShardSampler sampler = new ShardSampler(log, clock, registry);

  @Test
  void sweep_comesOnceADay_andRemovesOnlyWhoWasLongAway() {
    try (var presence = new HeapPresenceStore();
        var housekeeping =
            new Housekeeping(sampler, presence, Duration.ofDays(30), clock)) {
      presence.touchWeb("old", clock.instant());
      clock.advance(Duration.ofDays(20));
      presence.touchWeb("new", clock.instant());
      housekeeping.sweepIfTime(clock.instant());
      assertThat(presence.usage().entries()).isEqualTo(2);

      clock.advance(Duration.ofDays(1).minusSeconds(1));
      clock.advance(Duration.ofDays(10));
      housekeeping.sweepIfTime(clock.instant());

      assertThat(presence.usage().entries()).isEqualTo(1);
    }
  }

  @Test
  void ageOfTheOldestDue_growsWithoutAnySample() throws Exception { // TRAPS 16
    report();
    sampler.sample();
    assertThat(age()).isZero();

    clock.advance(Duration.ofMinutes(30));
    assertThat(age()).isZero();
    clock.advance(Duration.ofMinutes(5));
    log.close();

    assertThat(age()).as("the shard is gone, the alarm is not").isEqualTo(300);
  }

  @Test
  void counters_ofTheShards_areShown() throws Exception {
    report();
    sampler.sample();

    assertThat(
            registry
                .get("whileaway.shard.counts")
                .tag("what", "reported")
                .functionCounter()
                .count())
        .isEqualTo(1);
    assertThat(registry.get("whileaway.events.pending").gauge().value()).isEqualTo(1);
  }

  private double age() {
    return registry.get("whileaway.due.age").gauge().value();
  }

  private void report() throws Exception {
    var unused =
        log.submit(
                new ShardId(0),
                new ReportEvents(
                    List.of(
                        new NewEvent(
                            new UserId("anna"), "bob", 1, "", "", 1_800_000, false, 1L << 40))))
            .toCompletableFuture()
            .get();
  }
}
