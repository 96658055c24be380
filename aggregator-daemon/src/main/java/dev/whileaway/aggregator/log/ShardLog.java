package dev.whileaway.aggregator.log;

import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.ShardView;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// A durable, ordered log for each shard of this node, and the shard machines that apply it.
///
/// Raft in production; an in-memory twin in tests. Safe for use by many threads.
public interface ShardLog extends AutoCloseable {

  /// The number of shards of the store, fixed when it was created. Shards are 0 to n-1.
  int shards();

  /// Appends a command; completes once it is durable and applied. Commands that wait for the same
  /// shard are batched into one entry.
  ///
  /// @return fails with [ShardUnavailableException] if the shard is not led here, or is too busy
  CompletionStage<ShardReply> submit(ShardId shard, ShardCommand command);

  /// Reads a shard's state: everything that was acknowledged before this call is seen. `query` runs
  /// under the shard's lock: keep it short, and let nothing of the view escape.
  ///
  /// @return fails with [ShardUnavailableException] if the shard is not led here
  <T> CompletionStage<T> read(ShardId shard, Function<ShardView, T> query);

  /// What this node is for a shard.
  Status status(ShardId shard);

  /// Calls `listener` at every change of role, from any thread.
  void onRoleChange(BiConsumer<ShardId, Role> listener);

  /// Takes a snapshot now; completes once it is durable.
  CompletionStage<Void> snapshot(ShardId shard);

  /// Who this node is.
  NodeId node();

  @Override
  void close();

  /// What a node is for a shard.
  enum Role {
    /// Takes commands.
    LEADER,
    /// Follows another node.
    FOLLOWER,
    /// Loads, replays or elects.
    STARTING,
    /// The log failed: the process should stop.
    FAILED
  }

  /// A shard on this node.
  ///
  /// @param leader who takes commands, with the address of its public gRPC port
  record Status(
      Role role, java.util.Optional<Leader> leader, long appliedIndex, long snapshotIndex) {}

  /// The node that leads a shard.
  record Leader(NodeId node, String address) {}

  /// One of the store's slices of users.
  record ShardId(int value) {
    @Override
    public String toString() {
      return "shard-" + value;
    }
  }

  /// One of the store's nodes.
  record NodeId(String value) {}
}
