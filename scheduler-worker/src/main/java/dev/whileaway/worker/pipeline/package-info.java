/// The way of a batch of due backlogs: revalidate, plan, render, begin, deliver, settle.
///
/// Nothing here starts a thread, asks for the time or knows gRPC; what it needs of the world are
/// ports. The worker wraps it with threads and leases, a replay with a simulated shard.
@NullMarked
package dev.whileaway.worker.pipeline;

import org.jspecify.annotations.NullMarked;
