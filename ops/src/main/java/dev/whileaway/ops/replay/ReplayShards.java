package dev.whileaway.ops.replay;

import dev.whileaway.aggregator.log.MemoryShardLog;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import dev.whileaway.aggregator.log.ShardMap;
import dev.whileaway.aggregator.shard.LeasedBacklog;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardLimits;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.ShardView;
import dev.whileaway.aggregator.shard.ShardView.ProfileState;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.worker.pipeline.Users;
import dev.whileaway.worker.plan.UserState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/// The shards of a replay: as many as a store has, in memory, answering at once.
final class ReplayShards implements Users {

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

  ShardReply submit(String user, ShardCommand command) {
    return submit(map.shardOf(new UserId(user)), command);
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
  public Map<String, UserState> states(Set<String> users) {
    Map<String, UserState> states = new HashMap<>();
    for (String user : users) {
      ProfileState state =
          read(map.shardOf(new UserId(user)), view -> view.profile(new UserId(user)));
      states.put(
          user,
          switch (state) {
            case ProfileState.Known(var profile) -> new UserState.Known(profile);
            case ProfileState.Unknown() -> UserState.UNKNOWN;
            case ProfileState.Forgotten _ -> new UserState.Forgotten();
          });
    }
    return states;
  }

  @Override
  public void unregisterDevice(String user, String token, Instant unlessRegisteredAfter) {
    throw new IllegalStateException("expected every device of a replay to accept");
  }

  private ShardReply submit(ShardId shard, ShardCommand command) {
    return log.submit(shard, command).toCompletableFuture().join();
  }

  private <T> T read(ShardId shard, Function<ShardView, T> query) {
    return log.read(shard, query).toCompletableFuture().join();
  }
}
