package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.ShardReply.LeaseLost;
import dev.whileaway.aggregator.shard.ShardView.ProfileState.Forgotten;
import dev.whileaway.internal.v1.Attempt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Tells whether a lease is still its backlog's, and if not, in words why.
final class Leases {

  private Leases() {}

  /// The backlog, if the lease holds it now; null: it is lost. A lease past its expiry is lost even
  /// before a pull has swept it.
  static @Nullable UserRecord held(StateView view, LeaseKey lease) {
    UserRecord backlog = view.find(lease.user());
    if (backlog == null || backlog.claim() == null) {
      return null;
    }
    Claim claim = backlog.claim();
    return claim.leaseId() == lease.leaseId() && !claim.isExpired(view.nowMillis())
        ? backlog
        : null;
  }

  static LeaseLost lost(StateView view, LeaseKey lease) {
    return new LeaseLost(
        "expected lease %d of user %s to be held, but %s"
            .formatted(lease.leaseId(), lease.user(), finding(view, lease)));
  }

  private static String finding(StateView view, LeaseKey lease) {
    UserRecord backlog = view.find(lease.user());
    Claim claim = backlog == null ? null : backlog.claim();
    if (claim != null && claim.leaseId() == lease.leaseId()) {
      return "it expired at " + Instant.ofEpochMilli(claim.expiresAtMillis());
    }
    var ended = view.ended(lease);
    if (ended.isPresent()) {
      return ending(ended.get());
    }
    if (claim != null) {
      return "lease " + claim.leaseId() + " holds the backlog";
    }
    return view.profile(lease.user()) instanceof Forgotten
        ? "the user was forgotten"
        : "no lease holds the backlog";
  }

  private static String ending(Attempt attempt) {
    return switch (attempt.getEnding()) {
      case ENDING_CONFIRMED -> "it was confirmed";
      case ENDING_CANCELLED -> "it was cancelled";
      case ENDING_EXPIRED_UNSENT -> "it expired before its sends began";
      case ENDING_UNKNOWN_CONFIRMED -> "it expired during its sends and counts as confirmed";
      case ENDING_UNKNOWN_CANCELLED -> "it expired during its sends and counts as cancelled";
      case ENDING_UNKNOWN_RESEND -> "it expired during its sends and the backlog is due again";
      case ENDING_EMPTIED -> "all that it covered was cleared";
      case ENDING_UNSPECIFIED, UNRECOGNIZED -> "it has ended";
    };
  }
}
