package dev.whileaway.aggregator.raft;

import dev.whileaway.aggregator.DaemonSettings;
import dev.whileaway.aggregator.log.ShardLog;
import java.time.InstantSource;

/// Opens the durable shard log.
public final class RaftShardLog {

  private RaftShardLog() {}

  /// Opens the store in `settings.data()`, creating it if the folder is empty; returns once every
  /// shard takes commands.
  ///
  /// @throws StoreRefusedException if the folder cannot be used as it is: in use by another
  ///   process, written by a newer version, another number of shards
  public static ShardLog open(DaemonSettings settings, InstantSource clock)
      throws StoreRefusedException {
    throw new UnsupportedOperationException("stub");
  }
}
