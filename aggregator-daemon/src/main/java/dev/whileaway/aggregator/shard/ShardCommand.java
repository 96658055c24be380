package dev.whileaway.aggregator.shard;

import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Preferences;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.Reason;
import dev.whileaway.v1.Step;
import java.util.List;
import java.util.Set;

/// A replicated request to one shard. All users it names belong to that shard, and the edge has
/// checked its fields.
public sealed interface ShardCommand {

  /// Adds events to the backlogs of their recipients.
  record ReportEvents(List<NewEvent> events) implements ShardCommand {}

  /// Removes the pending events that lie in `scope`.
  record ClearEvents(UserId user, ClearScope scope) implements ShardCommand {}

  /// The account is deleted: backlog, profile and ledger go; a tombstone in the profile's place
  /// says so to those who still hold events of this sender.
  record ForgetUser(UserId user) implements ShardCommand {}

  /// Creates or replaces a profile.
  ///
  /// @param keepPreferences preferences that are stored stay; the profile has none then
  record PutProfile(Profile profile, boolean keepPreferences) implements ShardCommand {

    /// Preferences that are not given stay: users made them.
    public PutProfile(Profile profile) {
      this(profile, !profile.hasPreferences());
    }
  }

  /// Deletes a profile; the backlog stays.
  record DeleteProfile(UserId user) implements ShardCommand {}

  /// Adds a device to a profile (making the profile if need be), or renews it.
  record RegisterDevice(UserId user, Device device) implements ShardCommand {}

  /// Removes a device, unless it was registered after `unlessRegisteredAfterMillis`.
  record UnregisterDevice(UserId user, String token, long unlessRegisteredAfterMillis)
      implements ShardCommand {}

  /// Replaces the preferences of a profile (making the profile if need be).
  record SetPreferences(UserId user, Preferences preferences) implements ShardCommand {}

  /// Claims up to `limit` due backlogs for `worker`; a claim holds `leaseTtlMillis`.
  ///
  /// @param channels of the next step; empty: any
  /// @param retractions pushes to take back are wanted too
  record PullDue(
      String worker, int limit, long leaseTtlMillis, Set<Channel> channels, boolean retractions)
      implements ShardCommand {

    /// Without retractions.
    public PullDue(String worker, int limit, long leaseTtlMillis, Set<Channel> channels) {
      this(worker, limit, leaseTtlMillis, channels, false);
    }

    /// Whatever their next step.
    public PullDue(String worker, int limit, long leaseTtlMillis) {
      this(worker, limit, leaseTtlMillis, Set.of());
    }
  }

  /// The sends of a lease begin now.
  record BeginSend(LeaseKey lease, SendIntent intent) implements ShardCommand {}

  /// The leased events are done with: they leave the backlog.
  record ConfirmLease(LeaseKey lease, Reason reason, List<Delivery> deliveries, String detail)
      implements ShardCommand {}

  /// Not now: the backlog is due again `timeoutMillis` from now.
  record CancelLease(
      LeaseKey lease,
      long timeoutMillis,
      Set<Flag> flags,
      Reason reason,
      List<Delivery> deliveries,
      String detail)
      implements ShardCommand {}

  /// Whether the steps of what is told to a user are noted (making the profile if need be).
  record WatchUser(UserId user, boolean watched) implements ShardCommand {}

  /// What a worker did under a lease that may be over.
  record NoteSteps(LeaseKey lease, List<Step> steps) implements ShardCommand {}
}
