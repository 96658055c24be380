package dev.whileaway.aggregator.shard;

/// Names one claim of one backlog. `leaseId` is the fencing token: unique in the shard, and greater
/// than every earlier one.
public record LeaseKey(UserId user, long leaseId) {}
