/// The worker's ports, answered by shards without a wire between: for what runs daemon and worker
/// in one thread of virtual time, the replay and the simulator.
@NullMarked
package dev.whileaway.simulator.direct;

import org.jspecify.annotations.NullMarked;
