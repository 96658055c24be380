package dev.whileaway.aggregator.log;

import dev.whileaway.aggregator.shard.ClearScope;
import dev.whileaway.aggregator.shard.Flag;
import dev.whileaway.aggregator.shard.NewEvent;
import dev.whileaway.aggregator.shard.SendIntent.Presumed;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.internal.v1.BeginSend;
import dev.whileaway.internal.v1.CancelLease;
import dev.whileaway.internal.v1.ClearEvents;
import dev.whileaway.internal.v1.Command;
import dev.whileaway.internal.v1.ConfirmLease;
import dev.whileaway.internal.v1.DeleteProfile;
import dev.whileaway.internal.v1.ForgetUser;
import dev.whileaway.internal.v1.NoteSteps;
import dev.whileaway.internal.v1.PresumedCancel;
import dev.whileaway.internal.v1.PresumedConfirm;
import dev.whileaway.internal.v1.PresumedNothing;
import dev.whileaway.internal.v1.PullDue;
import dev.whileaway.internal.v1.PutProfile;
import dev.whileaway.internal.v1.RegisterDevice;
import dev.whileaway.internal.v1.ReportEvents;
import dev.whileaway.internal.v1.SetPreferences;
import dev.whileaway.internal.v1.UnregisterDevice;
import dev.whileaway.internal.v1.WatchUser;
import dev.whileaway.v1.BacklogFlag;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Writes commands into their messages. Sets are written in order: one command has one form.
final class CommandWriter {

  private CommandWriter() {}

  static Command write(ShardCommand command) {
    var to = Command.newBuilder();
    return switch (command) {
      case ShardCommand.ReportEvents(List<NewEvent> events) -> to.setReport(write(events)).build();
      case ShardCommand.ClearEvents(var user, ClearScope scope) ->
          to.setClear(write(scope).setUser(user.value())).build();
      case ShardCommand.ForgetUser(var user) ->
          to.setForget(ForgetUser.newBuilder().setUser(user.value())).build();
      case ShardCommand.PutProfile(var profile, boolean keepPreferences) ->
          to.setPutProfile(
                  PutProfile.newBuilder().setProfile(profile).setKeepPreferences(keepPreferences))
              .build();
      case ShardCommand.DeleteProfile(var user) ->
          to.setDeleteProfile(DeleteProfile.newBuilder().setUser(user.value())).build();
      case ShardCommand.RegisterDevice(var user, var device) ->
          to.setRegisterDevice(RegisterDevice.newBuilder().setUser(user.value()).setDevice(device))
              .build();
      case ShardCommand.UnregisterDevice unregister ->
          to.setUnregisterDevice(write(unregister)).build();
      case ShardCommand.SetPreferences(var user, var preferences) ->
          to.setSetPreferences(
                  SetPreferences.newBuilder().setUser(user.value()).setPreferences(preferences))
              .build();
      case ShardCommand.PullDue pull -> to.setPull(write(pull)).build();
      case ShardCommand.BeginSend begin -> to.setBeginSend(write(begin)).build();
      case ShardCommand.ConfirmLease confirm -> to.setConfirm(write(confirm)).build();
      case ShardCommand.CancelLease cancel -> to.setCancel(write(cancel)).build();
      case ShardCommand.WatchUser(var user, boolean watched) ->
          to.setWatch(WatchUser.newBuilder().setUser(user.value()).setWatched(watched)).build();
      case ShardCommand.NoteSteps(var lease, var steps) ->
          to.setNoteSteps(
                  NoteSteps.newBuilder()
                      .setUser(lease.user().value())
                      .setLeaseId(lease.leaseId())
                      .addAllSteps(steps))
              .build();
    };
  }

  private static ReportEvents write(List<NewEvent> events) {
    var report = ReportEvents.newBuilder();
    events.forEach(event -> report.addEvents(write(event)));
    return report.build();
  }

  private static dev.whileaway.internal.v1.NewEvent write(NewEvent event) {
    return dev.whileaway.internal.v1.NewEvent.newBuilder()
        .setRecipient(event.recipient().value())
        .setSender(event.sender())
        .setType(event.type())
        .setData(event.data())
        .setEventId(event.eventId())
        .setWindowMillis(event.windowMillis())
        .setUrgent(event.urgent())
        .setExpiresAfterMillis(event.expiresAfterMillis())
        .setWatched(event.watched())
        .build();
  }

  private static ClearEvents.Builder write(ClearScope scope) {
    var clear =
        ClearEvents.newBuilder()
            .addAllTypes(scope.types().stream().sorted().toList())
            .setSender(scope.sender());
    return scope.upToSeq() == Long.MAX_VALUE ? clear : clear.setUpToSeq(scope.upToSeq());
  }

  private static UnregisterDevice.Builder write(ShardCommand.UnregisterDevice command) {
    var unregister =
        UnregisterDevice.newBuilder().setUser(command.user().value()).setToken(command.token());
    return command.unlessRegisteredAfterMillis() == Long.MAX_VALUE
        ? unregister
        : unregister.setUnlessRegisteredAfterMillis(command.unlessRegisteredAfterMillis());
  }

  private static PullDue.Builder write(ShardCommand.PullDue command) {
    return PullDue.newBuilder()
        .setWorker(command.worker())
        .setLimit(command.limit())
        .setLeaseTtlMillis(command.leaseTtlMillis())
        .addAllChannels(command.channels().stream().sorted().toList())
        .setRetractions(command.retractions());
  }

  private static BeginSend.Builder write(ShardCommand.BeginSend command) {
    var begin =
        BeginSend.newBuilder()
            .setUser(command.lease().user().value())
            .setLeaseId(command.lease().leaseId())
            .setChannel(command.intent().channel());
    return switch (command.intent().presumed()) {
      case Presumed.Confirm() -> begin.setConfirm(PresumedConfirm.getDefaultInstance());
      case Presumed.Cancel(long timeoutMillis, Set<Flag> flags) ->
          begin.setCancel(
              PresumedCancel.newBuilder()
                  .setTimeoutMillis(timeoutMillis)
                  .addAllFlags(write(flags)));
      case Presumed.Nothing() -> begin.setNothing(PresumedNothing.getDefaultInstance());
    };
  }

  private static ConfirmLease.Builder write(ShardCommand.ConfirmLease command) {
    return ConfirmLease.newBuilder()
        .setUser(command.lease().user().value())
        .setLeaseId(command.lease().leaseId())
        .setReason(command.reason())
        .addAllDeliveries(command.deliveries())
        .setDetail(command.detail());
  }

  private static CancelLease.Builder write(ShardCommand.CancelLease command) {
    return CancelLease.newBuilder()
        .setUser(command.lease().user().value())
        .setLeaseId(command.lease().leaseId())
        .setTimeoutMillis(command.timeoutMillis())
        .addAllFlags(write(command.flags()))
        .setReason(command.reason())
        .addAllDeliveries(command.deliveries())
        .setDetail(command.detail());
  }

  private static List<BacklogFlag> write(Set<Flag> flags) {
    return Stream.of(Flag.values())
        .filter(flags::contains)
        .map(flag ->
            switch (flag) {
              case PUSH_SENT -> BacklogFlag.BACKLOG_FLAG_PUSH_SENT;
              case ONLINE -> BacklogFlag.BACKLOG_FLAG_ONLINE;
            })
        .toList();
  }
}
