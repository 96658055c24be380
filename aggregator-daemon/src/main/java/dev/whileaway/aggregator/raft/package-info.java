/// The durable [dev.whileaway.aggregator.log.ShardLog]: each shard is a Ratis group, its snapshots
/// and cold records lie in RocksDB.
@NullMarked
package dev.whileaway.aggregator.raft;

import org.jspecify.annotations.NullMarked;
