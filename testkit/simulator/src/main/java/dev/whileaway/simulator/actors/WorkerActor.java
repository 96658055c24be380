package dev.whileaway.simulator.actors;

import dev.whileaway.aggregator.shard.LeasedBacklog;
import dev.whileaway.aggregator.shard.Retraction;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.presence.PresenceReading;
import dev.whileaway.simulator.clockwork.Killed;
import dev.whileaway.simulator.clockwork.Strand;
import dev.whileaway.simulator.direct.DirectLeases;
import dev.whileaway.simulator.direct.DirectUsers;
import dev.whileaway.simulator.world.EventTypes;
import dev.whileaway.simulator.world.Line;
import dev.whileaway.simulator.world.Setting;
import dev.whileaway.simulator.world.ShardGroup;
import dev.whileaway.simulator.world.Tally;
import dev.whileaway.simulator.world.Unavailable;
import dev.whileaway.simulator.world.World;
import dev.whileaway.worker.deliver.MailSender;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.pipeline.DigestPipeline;
import dev.whileaway.worker.pipeline.FanOut;
import dev.whileaway.worker.pipeline.Gathered;
import dev.whileaway.worker.pipeline.Observer;
import dev.whileaway.worker.pipeline.Ports;
import dev.whileaway.worker.pipeline.Telling;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.retract.Retractor;
import dev.whileaway.worker.retract.SeenPush;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A worker: the real pipeline, which may die or stand still at each of its calls. Whoever died
/// comes back a while later and knows nothing.
public final class WorkerActor {

  private static final long TICK_MILLIS = 1_000;

  /// It looks again after this long at most, even if nothing waits.
  private static final long IDLE_MILLIS_MAX = 60_000;

  private final World world;
  private final Setting setting;
  private final String name;
  private final Strand strand;
  private final Line line;
  private final DirectLeases leases;
  private final Desk desk;
  private final PushSender push;
  private final DigestPipeline pipeline;
  private final Retractor retractor;

  private WorkerActor(World world, String name, Strand strand) {
    this.world = world;
    this.setting = world.setting();
    this.name = name;
    this.strand = strand;
    line = new Line(world, strand, this::hazard);
    leases = new DirectLeases(line, EventTypes.CATALOGUE);
    desk =
        new Desk(world, world.seams().answers(leases), world.seams().users(new DirectUsers(line)));
    var providers = new Providers(world, strand, desk, this::hazard);
    push = world.seams().push(providers.push());
    pipeline = pipeline(world.seams().mail(providers.mail()));
    retractor =
        new Retractor(desk, push, new SimpleMeterRegistry(), Runnable::run, FanOut.IN_ORDER);
  }

  public static Strand begin(World world, String name) {
    return Strand.begin(world.schedule(), name, strand -> liveAgainAndAgain(world, name, strand));
  }

  private static void liveAgainAndAgain(World world, String name, Strand strand) {
    while (true) {
      try {
        new WorkerActor(world, name, strand).live();
      } catch (Killed killed) {
        if (strand.isEnding()) {
          throw killed;
        }
        world.tally().count(Tally.Kind.WORKER_DEATHS);
        world.trace().line(() -> name + " dies");
        strand.sleep(world.chance().between(100, 60_000));
      }
    }
  }

  private DigestPipeline pipeline(MailSender mail) {
    return new DigestPipeline(
        setting.policy(),
        EventTypes.CATALOGUE,
        new Ports(desk, this::presence, desk),
        new Telling(new TokenRenderer(world), push, mail, FanOut.IN_ORDER),
        Observer.NONE,
        () -> world.strikes(setting.faults().stop()));
  }

  /// What may happen to a worker at any point of its work.
  private void hazard() {
    if (world.strikes(setting.faults().death())) {
      throw new Killed();
    }
    if (world.strikes(setting.faults().stall())) {
      world.tally().count(Tally.Kind.WORKER_STALLS);
      world.trace().line(() -> name + " stands still");
      strand.sleep(world.chance().between(1, 3 * setting.leaseTtlMillis()));
    }
  }

  private Map<String, PresenceReading> presence(Set<String> users) {
    Map<String, PresenceReading> readings = new HashMap<>();
    users.forEach(user -> readings.put(user, world.presence().read(user)));
    return readings;
  }

  private void live() {
    while (true) {
      strand.sleep(world.chance().between(1, TICK_MILLIS) + idleMillis());
      work(pull());
    }
  }

  private long idleMillis() {
    long idle = IDLE_MILLIS_MAX;
    for (ShardGroup shard : world.shards()) {
      idle = Math.min(idle, shard.millisToWake().orElse(idle));
    }
    return world.isCalm() ? idle : Math.min(idle, world.chance().between(0, IDLE_MILLIS_MAX));
  }

  /// A shard that does not answer keeps nothing back of what the others leased.
  private List<Due> pull() {
    List<Due> due = new ArrayList<>();
    for (ShardGroup shard : world.shards()) {
      try {
        pull(shard).stream().map(leases::due).forEach(due::add);
      } catch (Unavailable _) {
        // At the next tick.
      }
    }
    return due;
  }

  private List<LeasedBacklog> pull(ShardGroup shard) {
    if (!line.read(
        shard,
        view ->
            view.anythingToRetract()
                || view.anythingDue(Math.max(view.nowMillis(), shard.clockMillis())))) {
      return List.of();
    }
    var pull =
        new ShardCommand.PullDue(name, setting.batch(), setting.leaseTtlMillis(), Set.of(), true);
    return switch (line.submit(shard, pull)) {
      case ShardReply.Pulled(var due, var _, var seen) -> {
        retractor.take(seen.stream().map(WorkerActor::seen).toList());
        yield due;
      }
      case ShardReply reply ->
          throw new IllegalStateException("expected a pull, but found " + reply);
    };
  }

  private static SeenPush seen(Retraction push) {
    return new SeenPush(
        push.user().value(), push.digestId(), Instant.ofEpochMilli(push.toldAtMillis()));
  }

  /// As the pull loop does it: where the users of a batch cannot be read together, each is tried
  /// alone.
  private void work(List<Due> batch) {
    if (batch.isEmpty()) {
      return;
    }
    Gathered gathered;
    try {
      gathered = pipeline.gather(batch);
    } catch (Unavailable _) {
      batch.forEach(pipeline::attempt);
      return;
    }
    batch.forEach(due -> pipeline.attempt(due, gathered));
  }
}
