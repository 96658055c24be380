package dev.whileaway.aggregator.raft;

import dev.whileaway.aggregator.shard.ShardMachine;
import org.apache.ratis.server.protocol.TermIndex;

/// What changed in a shard up to `at` since the state before it was frozen. Nothing in it changes
/// any more, so another thread may write it while the shard goes on.
record FrozenState(TermIndex at, ShardMachine.Cut machine, ColdOverlay.Layer cold) {}
