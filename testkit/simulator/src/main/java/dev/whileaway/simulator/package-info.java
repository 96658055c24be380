/// The simulator: clients, workers, providers and shards in one logical thread of virtual time,
/// under faults that a seed draws. What runs is the real shard machine, log codec, snapshots and
/// digest pipeline; what is simulated is the network, the disks, the clocks and the dying. After
/// every step the auditor checks the promises; a seed that breaks one can be played again.
///
/// ```
/// simulator   one seed, many seeds, the shortest failing beginning
///   actors    clients, workers, providers, trouble
///   world     shards and their nodes, the way to them, the setting that a seed draws
///   audit     what must hold, kept apart from the code under test
///   clockwork virtual time, coroutines, chance
///   direct    the worker's ports without a wire (the replay uses them too)
/// ```
@NullMarked
package dev.whileaway.simulator;

import org.jspecify.annotations.NullMarked;
