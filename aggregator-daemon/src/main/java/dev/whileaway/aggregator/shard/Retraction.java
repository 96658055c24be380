package dev.whileaway.aggregator.shard;

/// A delivered push to take back.
///
/// @param digestId as its delivery named it
public record Retraction(UserId user, String digestId, long toldAtMillis) {}
