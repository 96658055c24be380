package dev.whileaway.aggregator.shard;

import dev.whileaway.internal.v1.LedgerEntry;
import dev.whileaway.v1.Profile;

/// What a command does to the state. A change is a fact: applying it knows no rule, reads no clock
/// and refuses nothing.
sealed interface Change {

  /// A user's backlog has become this. One without events, lease and ids to remember goes.
  record BacklogChanged(UserRecord after) implements Change {}

  /// A lease was granted: the shard's count of leases goes on.
  record BacklogLeased(UserRecord after, long leaseId) implements Change {}

  /// A profile was created or replaced.
  record ProfileStored(UserId user, Profile profile) implements Change {}

  /// A profile was deleted.
  record ProfileDeleted(UserId user) implements Change {}

  /// The account is gone: backlog, profile and ledger.
  record UserForgotten(UserId user) implements Change {}

  /// Something was written into a user's ledger.
  record EntryNoted(UserId user, LedgerEntry entry) implements Change {}

  /// Something worth counting happened.
  record Counted(Counter counter, long times) implements Change {}
}
