package dev.whileaway.aggregator.log;

import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardLimits;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.ShardView;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// The twin of the raft log that forgets everything when it is closed: applies each command at
/// once. For tests and replays.
public final class MemoryShardLog implements ShardLog {

  public MemoryShardLog(int shards, ShardLimits limits, InstantSource clock) {
    throw new UnsupportedOperationException("stub");
  }

  @Override
  public int shards() {
    throw new UnsupportedOperationException("stub");
  }

  @Override
  public CompletionStage<ShardReply> submit(ShardId shard, ShardCommand command) {
    throw new UnsupportedOperationException("stub");
  }

  @Override
  public <T> CompletionStage<T> read(ShardId shard, Function<ShardView, T> query) {
    throw new UnsupportedOperationException("stub");
  }

  @Override
  public Status status(ShardId shard) {
    throw new UnsupportedOperationException("stub");
  }

  @Override
  public void onRoleChange(BiConsumer<ShardId, Role> listener) {
    throw new UnsupportedOperationException("stub");
  }

  @Override
  public CompletionStage<Void> snapshot(ShardId shard) {
    throw new UnsupportedOperationException("stub");
  }

  @Override
  public NodeId node() {
    throw new UnsupportedOperationException("stub");
  }

  @Override
  public void close() {}
}
