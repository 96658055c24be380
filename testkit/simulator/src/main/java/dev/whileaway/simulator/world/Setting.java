package dev.whileaway.simulator.world;

import dev.whileaway.presence.OnlineRule;
import dev.whileaway.simulator.clockwork.Chance;
import dev.whileaway.worker.plan.Policy;
import dev.whileaway.worker.plan.Policy.OnUnknown;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;

/// What a seed is played on: everything small, so that things meet.
///
/// @param nodes of each shard; one: nobody takes over, it comes back
/// @param tries of a call, the first included
/// @param activeSteps after which clients rest and faults stop
/// @param skewMillisMax how far a node's clock may be off, either way
public record Setting(
    int users,
    int shards,
    int nodes,
    int workers,
    int clients,
    int eventsPerBacklog,
    int batch,
    long leaseTtlMillis,
    int tries,
    long activeSteps,
    long skewMillisMax,
    Policy policy,
    Faults faults) {

  static Setting draw(Chance chance) {
    return new Setting(
        2 + chance.below(3),
        1 + chance.below(2),
        chance.hits(0.3) ? 1 : 3,
        1 + chance.below(3),
        1 + chance.below(2),
        chance.hits(0.1) ? 4 : 200,
        1 + chance.below(3),
        chance.pick(List.of(10_000L, 30_000L, 120_000L)),
        1 + chance.below(4),
        chance.between(100, 400),
        chance.pick(List.of(0L, 2_000L, 300_000L)),
        policy(chance.hits(0.1) ? OnUnknown.RESEND : OnUnknown.PRESUME),
        Faults.draw(chance));
  }

  private static Policy policy(OnUnknown onUnknown) {
    var minute = Duration.ofMinutes(1);
    return new Policy(
        minute,
        Duration.ofSeconds(30),
        LocalTime.MIDNIGHT,
        LocalTime.MIDNIGHT,
        onUnknown,
        new OnlineRule(minute.multipliedBy(2), minute, minute));
  }
}
