/// The replay: a trace is played in virtual time through the real shard machine, presence rule,
/// planner and renderer, and every send is written down instead of sent.
@NullMarked
package dev.whileaway.ops.replay;

import org.jspecify.annotations.NullMarked;
