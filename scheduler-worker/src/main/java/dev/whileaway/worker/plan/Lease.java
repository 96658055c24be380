package dev.whileaway.worker.plan;

import java.time.Instant;

/// A worker's claim on a user's backlog, by the shard's clock.
///
/// @param id the fencing token
/// @param grantedAt the moment by which everything about this lease is decided
public record Lease(String user, long id, Instant grantedAt, Instant expiresAt) {}
