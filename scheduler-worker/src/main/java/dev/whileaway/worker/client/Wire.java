package dev.whileaway.worker.client;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.whileaway.presence.PresenceReading;
import dev.whileaway.v1.BacklogFlag;
import dev.whileaway.v1.BeginSendItem;
import dev.whileaway.v1.DueBacklog;
import dev.whileaway.v1.LeaseRef;
import dev.whileaway.v1.Presence;
import dev.whileaway.v1.ProfileEntry;
import dev.whileaway.v1.Retraction;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Lease;
import dev.whileaway.worker.plan.Plan;
import dev.whileaway.worker.plan.Presumed;
import dev.whileaway.worker.plan.UserState;
import dev.whileaway.worker.retract.SeenPush;
import java.time.Instant;

/// Turns the contract's messages into the worker's values, and back.
final class Wire {

  static Due due(DueBacklog backlog) {
    return new Due(
        new Lease(
            backlog.getUser(),
            backlog.getLeaseId(),
            instant(backlog.getLeasedAt()),
            instant(backlog.getLeaseExpiresAt())),
        instant(backlog.getDueAt()),
        backlog.getThroughSeq(),
        backlog.getFlagsList().contains(BacklogFlag.BACKLOG_FLAG_PUSH_SENT),
        backlog.getAttempts(),
        backlog.getEventsList().stream().map(Wire::event).toList(),
        backlog.getTotalsList().stream().map(Wire::total).toList());
  }

  private static Due.PendingEvent event(dev.whileaway.v1.PendingEvent event) {
    return new Due.PendingEvent(
        event.getSeq(),
        event.getType(),
        event.getSender(),
        event.getData(),
        instant(event.getAt()),
        event.getWatched());
  }

  private static Due.TypeTotal total(dev.whileaway.v1.TypeTotal total) {
    return new Due.TypeTotal(total.getType(), total.getEvents(), total.getDistinctSenders());
  }

  static UserState userState(ProfileEntry entry) {
    return switch (entry.getStateCase()) {
      case PROFILE -> new UserState.Known(entry.getProfile());
      case FORGOTTEN -> new UserState.Forgotten();
      case UNKNOWN, STATE_NOT_SET -> UserState.UNKNOWN;
    };
  }

  static PresenceReading presence(Presence presence) {
    return new PresenceReading(
        Timestamps.toMillis(presence.getLastWebAt()),
        Timestamps.toMillis(presence.getLastAppAt()),
        Timestamps.toMillis(presence.getConnectedUntil()));
  }

  static SeenPush seen(Retraction retraction) {
    return new SeenPush(
        retraction.getUser(), retraction.getDigestId(), instant(retraction.getToldAt()));
  }

  static LeaseRef lease(Lease lease) {
    return LeaseRef.newBuilder().setUser(lease.user()).setLeaseId(lease.id()).build();
  }

  static BeginSendItem begin(Lease lease, Plan.Tell tell) {
    var item = BeginSendItem.newBuilder().setLease(lease(lease)).setChannel(tell.channel());
    return switch (tell.presumed()) {
      case Presumed.Confirm _ ->
          item.setConfirm(BeginSendItem.PresumeConfirm.getDefaultInstance()).build();
      case Presumed.Nothing _ ->
          item.setNothing(BeginSendItem.PresumeNothing.getDefaultInstance()).build();
      case Presumed.Cancel(var timeout, var flags) ->
          item.setCancel(
                  BeginSendItem.PresumeCancel.newBuilder()
                      .setTimeout(duration(timeout))
                      .addAllFlags(flags))
              .build();
    };
  }

  static Duration duration(java.time.Duration duration) {
    return Durations.fromMillis(duration.toMillis());
  }

  static Timestamp timestamp(Instant instant) {
    return Timestamps.fromMillis(instant.toEpochMilli());
  }

  private static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }

  private Wire() {}
}
