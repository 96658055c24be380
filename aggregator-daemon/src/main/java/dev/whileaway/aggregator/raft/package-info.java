/// The durable [dev.whileaway.aggregator.log.ShardLog]: each shard is a raft group, its snapshots
/// and cold records lie in RocksDB.
///
/// A command's way: [GroupCommit] gathers what arrives while earlier entries are being written, and
/// makes one entry of it. Where the shard has no other replica, [LocalShard] writes it to its
/// [LocalLog], forces it, and hands it to the [Replica], which applies each command under the
/// shard's lock; the replies go back to [GroupCommit], and from there to whoever waits. With Ratis,
/// [RaftShard] submits the entry, Ratis writes, forces and commits it, and [ShardStateMachine]
/// hands it to the [Replica]; nothing of a reply passes through Ratis. The files are the same.
///
/// A snapshot's way: [SnapshotCycle] cuts the machine and freezes the cold overlay in constant
/// time; [SnapshotFile] writes both, with the applied index, as one sorted file behind the shard's
/// back; [ShardDatabase] ingests it, which is atomic; then the raft log up to it is purged. It is
/// begun when much log lies behind the last one, or some, and the shard is quiet.
///
/// ```
/// DATA/
///   lock                   held while a process uses the store; holds its process id
///   store.properties       format version, number of shards, node, time of creation; written
///                          last: without it the store never acknowledged anything
///   suppressions           addresses never mailed again: see dev.whileaway.aggregator.suppression
///   creating               exists only while the store is being created
///   raft/UUID/             the log of one shard; the UUID ends with the shard's number
///   raft-removed/          where Ratis puts groups that were removed
///   shards/NNNN/db/        one RocksDB a shard: 0 meta, 1 backlogs, 2 cold records
///   shards/NNNN/cut.sst    a snapshot on its way; what is left of one after a crash is deleted
/// ```
///
/// One database a shard, not one for all: a shard is what moves between nodes, so it must be
/// possible to checkpoint, ship and drop one without touching the others. Memory does not grow with
/// their number, since they share one block cache, and nothing is ever written by way of a
/// memtable.
@NullMarked
package dev.whileaway.aggregator.raft;

import org.jspecify.annotations.NullMarked;
