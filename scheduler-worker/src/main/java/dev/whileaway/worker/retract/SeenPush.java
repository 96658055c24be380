package dev.whileaway.worker.retract;

import java.time.Instant;

/// A delivered push whose user has seen elsewhere what it tells.
///
/// @param toldAt by the shard's clock; a device registered later never had it
public record SeenPush(String user, String digestId, Instant toldAt) {}
