package dev.whileaway.ops.replay;

import dev.whileaway.aggregator.log.MemoryShardLog;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import dev.whileaway.aggregator.log.ShardMap;
import dev.whileaway.aggregator.shard.LeasedBacklog;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardLimits;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.ShardView;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.simulator.direct.ShardCalls;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/// The shards of a replay: as many as a store has, in memory, answering at once.
final class ReplayShards implements ShardCalls {

  private static final int SHARDS = 8;
  private static final int PULL_LIMIT = 1000;

  /// Nobody dies in a replay.
  private static final long LEASE_TTL_MILLIS = 3_600_000;

  /// The rules of a trace know no full backlog: what would give way could not be taken out any more
  /// when its sender is deleted.
  private static final ShardLimits LIMITS = new ShardLimits(Integer.MAX_VALUE);

  private final MemoryShardLog log;
  private final ShardMap map = new ShardMap(SHARDS);

  ReplayShards(InstantSource clock) {
    log = new MemoryShardLog(SHARDS, LIMITS, clock);
  }

  @Override
  public ShardReply submit(UserId user, ShardCommand command) {
    return submit(map.shardOf(user), command);
  }

  /// When the first backlog of any shard wakes; empty: nothing waits.
  OptionalLong nextWakeAtMillis() {
    OptionalLong first = OptionalLong.empty();
    for (int shard = 0; shard < SHARDS; shard++) {
      OptionalLong next = read(new ShardId(shard), ShardView::nextWakeAtMillis);
      if (next.isPresent() && (first.isEmpty() || next.getAsLong() < first.getAsLong())) {
        first = next;
      }
    }
    return first;
  }

  /// Claims what is due, in all shards.
  List<LeasedBacklog> pull(long nowMillis) {
    List<LeasedBacklog> due = new ArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      var id = new ShardId(shard);
      if (read(id, view -> view.anythingDue(nowMillis))) {
        ShardReply reply =
            submit(id, new ShardCommand.PullDue("replay", PULL_LIMIT, LEASE_TTL_MILLIS));
        due.addAll(((ShardReply.Pulled) reply).due());
      }
    }
    return due;
  }

  @Override
  public <T> T read(UserId user, Function<ShardView, T> query) {
    return read(map.shardOf(user), query);
  }

  private ShardReply submit(ShardId shard, ShardCommand command) {
    return log.submit(shard, command).toCompletableFuture().join();
  }

  private <T> T read(ShardId shard, Function<ShardView, T> query) {
    return log.read(shard, query).toCompletableFuture().join();
  }
}
