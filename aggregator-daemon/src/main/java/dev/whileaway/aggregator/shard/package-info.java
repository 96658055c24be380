/// The shard machine: what is true of a slice of users, and what each command makes of it.
///
/// There are two kinds of methods here: those that *decide* (they read a [ShardView] and return a
/// [Decision] of changes and a reply) and those that *apply* a change. Nothing here reads a clock,
/// draws a random number, does I/O, logs, or depends on an order that another run would not repeat:
/// replicas that are given the same commands are equal byte for byte.
@NullMarked
package dev.whileaway.aggregator.shard;

import org.jspecify.annotations.NullMarked;
