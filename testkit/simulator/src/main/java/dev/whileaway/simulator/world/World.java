package dev.whileaway.simulator.world;

import dev.whileaway.aggregator.log.ShardMap;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.presence.HeapPresenceStore;
import dev.whileaway.presence.PresenceStore;
import dev.whileaway.simulator.audit.Auditor;
import dev.whileaway.simulator.clockwork.Chance;
import dev.whileaway.simulator.clockwork.Schedule;
import dev.whileaway.worker.plan.Policy.OnUnknown;
import java.util.List;
import java.util.stream.IntStream;

/// All that the actors of one run share.
public final class World {

  /// A working day, so that virtual dates look like dates.
  private static final long BEGIN_MILLIS = 1_800_000_000_000L;

  private final Chance chance;
  private final Setting setting;
  private final Schedule schedule;
  private final Auditor auditor;
  private final Seams seams;
  private final Trace trace;
  private final Tally tally = new Tally();
  private final PresenceStore presence = new HeapPresenceStore();
  private final ShardMap map;
  private final List<ShardGroup> shards;
  private final List<UserId> users;
  private boolean calm;

  public World(long seed, Seams seams, Trace trace) {
    this.seams = seams;
    this.trace = trace;
    chance = new Chance(seed);
    setting = Setting.draw(chance);
    schedule = new Schedule(BEGIN_MILLIS, chance);
    auditor = new Auditor(schedule::steps, setting.policy().onUnknown() == OnUnknown.RESEND);
    map = new ShardMap(setting.shards());
    shards = IntStream.range(0, setting.shards()).mapToObj(i -> new ShardGroup(this, i)).toList();
    users = IntStream.range(0, setting.users()).mapToObj(i -> new UserId("u" + i)).toList();
    users.forEach(user -> shard(user).adds(user));
  }

  public Chance chance() {
    return chance;
  }

  public Setting setting() {
    return setting;
  }

  public Schedule schedule() {
    return schedule;
  }

  public Auditor auditor() {
    return auditor;
  }

  public Seams seams() {
    return seams;
  }

  public Trace trace() {
    return trace;
  }

  public Tally tally() {
    return tally;
  }

  public PresenceStore presence() {
    return presence;
  }

  public List<ShardGroup> shards() {
    return shards;
  }

  public ShardGroup shard(UserId user) {
    return shards.get(map.shardOf(user).value());
  }

  public List<UserId> users() {
    return users;
  }

  /// Whether a fault happens now; none does once it is calm.
  public boolean strikes(double probability) {
    return chance.hits(probability) && !calm;
  }

  /// From now on clients rest and nothing goes wrong any more.
  public void calmDown() {
    calm = true;
  }

  public boolean isCalm() {
    return calm;
  }
}
