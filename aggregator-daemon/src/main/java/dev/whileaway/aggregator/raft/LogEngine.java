package dev.whileaway.aggregator.raft;

import java.io.IOException;

/// What writes the logs of a node's shards, and forces them before anything is acknowledged.
interface LogEngine {

  /// Begins to load, replay and take commands; how that goes, each shard's board tells.
  void start() throws IOException, StoreRefusedException;

  /// Stops without a word to anyone: what a crash would do, but for the locks and threads.
  void release();
}
