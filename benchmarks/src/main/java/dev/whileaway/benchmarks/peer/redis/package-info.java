/// P2: Redis with four short scripts. A list for each user, and one sorted set of who is due when;
/// the score that a pull sets is the lease's token. Append-only file, fsync before the answer.
@NullMarked
package dev.whileaway.benchmarks.peer.redis;

import org.jspecify.annotations.NullMarked;
