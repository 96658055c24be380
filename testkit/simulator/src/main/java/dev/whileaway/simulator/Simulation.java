package dev.whileaway.simulator;

import dev.whileaway.simulator.actors.Client;
import dev.whileaway.simulator.actors.Trouble;
import dev.whileaway.simulator.actors.WorkerActor;
import dev.whileaway.simulator.clockwork.Strand;
import dev.whileaway.simulator.world.Seams;
import dev.whileaway.simulator.world.ShardGroup;
import dev.whileaway.simulator.world.Tally;
import dev.whileaway.simulator.world.Trace;
import dev.whileaway.simulator.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One seed, played once: some hundred steps with faults, then calm, in which everything that waits
/// must be told or end otherwise.
final class Simulation {

  /// A request that got lost may still arrive this long after the faults stopped.
  private static final long QUIET_MILLIS = Duration.ofMinutes(2).toMillis();

  /// In a calm everybody has been attended to by now: the longest back-off is an hour, then a
  /// window, a push and an e-mail; clocks differ by minutes.
  private static final long ATTENDED_MILLIS = Duration.ofHours(4).toMillis();

  private final World world;
  private final long activeSteps;
  private final List<Strand> strands = new ArrayList<>();

  private Simulation(long seed, long stepsMax, Seams seams, Trace trace) {
    world = new World(seed, seams, trace);
    activeSteps = Math.min(stepsMax, world.setting().activeSteps());
  }

  /// What came of it.
  ///
  /// @param activeSteps before the calm
  /// @param violation the first rule that was broken
  record Ending(Tally tally, long activeSteps, Optional<String> violation) {}

  /// @param stepsMax after which the calm begins, if not earlier
  static Ending play(long seed, long stepsMax, Seams seams, Trace trace) {
    return new Simulation(seed, stepsMax, seams, trace).play();
  }

  private Ending play() {
    try {
      begin();
      while (world.schedule().steps() < activeSteps && step()) {
        // Faults are drawn as it goes.
      }
      world.calmDown();
      if (settles()) {
        world.shards().forEach(ShardGroup::finish);
        world.auditor().finish();
      }
    } catch (RuntimeException e) {
      world.auditor().violated("expected nothing to break, but found " + chain(e));
    } finally {
      strands.forEach(Strand::end);
    }
    world.tally().add(Tally.Kind.STEPS, world.schedule().steps());
    return new Ending(world.tally(), activeSteps, world.auditor().violation());
  }

  private void begin() {
    for (int client = 0; client < world.setting().clients(); client++) {
      strands.add(Client.begin(world, "client-" + client));
    }
    for (int worker = 0; worker < world.setting().workers(); worker++) {
      strands.add(WorkerActor.begin(world, "worker-" + worker));
    }
    Trouble.begin(world);
  }

  /// False: a rule is broken.
  private boolean step() {
    return world.schedule().step() && world.auditor().violation().isEmpty();
  }

  private boolean settles() {
    long begin = world.schedule().nowMillis();
    while (world.schedule().nowMillis() < begin + ATTENDED_MILLIS && !hasSettled(begin)) {
      if (!step()) {
        return false;
      }
    }
    return true;
  }

  private boolean hasSettled(long calmMillis) {
    return world.schedule().nowMillis() >= calmMillis + QUIET_MILLIS
        && world.shards().stream().allMatch(shard -> shard.pendingEvents() == 0);
  }

  private static String chain(Throwable thrown) {
    var words = new StringBuilder(thrown.toString());
    for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
      words.append(" <- ").append(cause);
    }
    return words.toString();
  }
}
