package dev.whileaway.aggregator.shard;

import dev.whileaway.internal.v1.Attempt;
import dev.whileaway.v1.Channel;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The read-only face of the state that deciders see: they cannot change what they decide about.
interface StateView extends ShardView {

  ShardLimits limits();

  /// A user's record; null: there is none.
  @Nullable UserRecord find(UserId user);

  /// The greatest lease id so far.
  long lastLeaseId();

  /// How a lease ended, if the user's ledger still knows.
  Optional<Attempt> ended(LeaseKey lease);

  /// Waiting backlogs that are due now, earliest first.
  ///
  /// @param channels of the next step; empty: any
  Ripe due(Set<Channel> channels);

  /// Backlogs whose lease has expired by now, earliest first.
  Ripe leaseEnds();

  /// Remnants whose memory has ended by now, earliest first.
  Ripe remnants();

  /// Remnants whose push is to be taken back, those that were seen first in front.
  Ripe retractions();

  /// A walk along ripe records; valid until the state changes.
  interface Ripe {

    /// The next record; null: none is ripe.
    @Nullable UserRecord next();

    /// When the record after those that were taken wakes; empty: there is none.
    OptionalLong nextAtMillis();
  }
}
