/// The loop around the pipeline: it pulls when there is room, works each backlog on a virtual
/// thread, rests while the daemons are away, and counts.
///
/// Waiting in here is in real time, since it waits for real things: ticks, sockets, threads.
/// Decisions take their time from the lease.
@NullMarked
package dev.whileaway.worker.pull;

import org.jspecify.annotations.NullMarked;
