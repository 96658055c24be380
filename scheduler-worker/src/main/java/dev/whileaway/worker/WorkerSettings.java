package dev.whileaway.worker;

import dev.whileaway.worker.plan.Policy;
import java.time.Duration;

/// How a worker works.
///
/// @param name who it is, in leases and ledgers
/// @param batch backlogs pulled at a time
/// @param leaseTtl how long it may keep one
/// @param tick from one pull that found little to the next
/// @param inFlight backlogs in work at once, at most
public record WorkerSettings(
    String name, int batch, Duration leaseTtl, Duration tick, int inFlight, Policy policy) {}
