package dev.whileaway.simulator.actors;

import dev.whileaway.simulator.world.Faults;
import dev.whileaway.simulator.world.ShardGroup;
import dev.whileaway.simulator.world.World;

/// What happens to shards: crashes, changes of leader, snapshots.
public final class Trouble {

  private final World world;

  private Trouble(World world) {
    this.world = world;
  }

  public static void begin(World world) {
    new Trouble(world).plan();
  }

  private void plan() {
    world.schedule().in(world.chance().between(100, 40_000), this::strike);
  }

  private void strike() {
    if (world.isCalm()) {
      return;
    }
    Faults faults = world.setting().faults();
    ShardGroup shard = world.chance().pick(world.shards());
    if (world.strikes(faults.snapshot())) {
      shard.snapshot();
    }
    if (world.strikes(faults.crash())) {
      shard.crash();
    } else if (world.strikes(faults.leaderChange())) {
      shard.changeLeader();
    }
    plan();
  }
}
