package dev.whileaway.aggregator.log;

import dev.whileaway.aggregator.shard.ClearScope;
import dev.whileaway.aggregator.shard.Flag;
import dev.whileaway.aggregator.shard.LeaseKey;
import dev.whileaway.aggregator.shard.NewEvent;
import dev.whileaway.aggregator.shard.SendIntent;
import dev.whileaway.aggregator.shard.SendIntent.Presumed;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.internal.v1.BeginSend;
import dev.whileaway.internal.v1.CancelLease;
import dev.whileaway.internal.v1.ClearEvents;
import dev.whileaway.internal.v1.Command;
import dev.whileaway.internal.v1.ConfirmLease;
import dev.whileaway.internal.v1.PullDue;
import dev.whileaway.internal.v1.UnregisterDevice;
import dev.whileaway.v1.BacklogFlag;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Reads commands from their messages.
final class CommandReader {

  private CommandReader() {}

  static ShardCommand read(Command from) {
    return switch (from.getCommandCase()) {
      case REPORT ->
          new ShardCommand.ReportEvents(
              from.getReport().getEventsList().stream().map(CommandReader::read).toList());
      case CLEAR -> read(from.getClear());
      case FORGET -> new ShardCommand.ForgetUser(new UserId(from.getForget().getUser()));
      case PUT_PROFILE ->
          new ShardCommand.PutProfile(
              from.getPutProfile().getProfile(), from.getPutProfile().getKeepPreferences());
      case DELETE_PROFILE ->
          new ShardCommand.DeleteProfile(new UserId(from.getDeleteProfile().getUser()));
      case REGISTER_DEVICE ->
          new ShardCommand.RegisterDevice(
              new UserId(from.getRegisterDevice().getUser()), from.getRegisterDevice().getDevice());
      case UNREGISTER_DEVICE -> read(from.getUnregisterDevice());
      case SET_PREFERENCES ->
          new ShardCommand.SetPreferences(
              new UserId(from.getSetPreferences().getUser()),
              from.getSetPreferences().getPreferences());
      case PULL -> read(from.getPull());
      case BEGIN_SEND -> read(from.getBeginSend());
      case CONFIRM -> read(from.getConfirm());
      case CANCEL -> read(from.getCancel());
      case WATCH ->
          new ShardCommand.WatchUser(
              new UserId(from.getWatch().getUser()), from.getWatch().getWatched());
      case NOTE_STEPS ->
          new ShardCommand.NoteSteps(
              key(from.getNoteSteps().getUser(), from.getNoteSteps().getLeaseId()),
              List.copyOf(from.getNoteSteps().getStepsList()));
      case COMMAND_NOT_SET ->
          throw new IllegalArgumentException("expected a command, but found none that is known");
    };
  }

  private static NewEvent read(dev.whileaway.internal.v1.NewEvent from) {
    return new NewEvent(
        new UserId(from.getRecipient()),
        from.getSender(),
        from.getType(),
        from.getData(),
        from.getEventId(),
        from.getWindowMillis(),
        from.getUrgent(),
        from.getExpiresAfterMillis(),
        from.getWatched());
  }

  private static ShardCommand read(ClearEvents from) {
    long upToSeq = from.hasUpToSeq() ? from.getUpToSeq() : Long.MAX_VALUE;
    return new ShardCommand.ClearEvents(
        new UserId(from.getUser()),
        new ClearScope(Set.copyOf(from.getTypesList()), upToSeq, from.getSender()));
  }

  private static ShardCommand read(UnregisterDevice from) {
    return new ShardCommand.UnregisterDevice(
        new UserId(from.getUser()),
        from.getToken(),
        from.hasUnlessRegisteredAfterMillis()
            ? from.getUnlessRegisteredAfterMillis()
            : Long.MAX_VALUE);
  }

  private static ShardCommand read(PullDue from) {
    return new ShardCommand.PullDue(
        from.getWorker(),
        from.getLimit(),
        from.getLeaseTtlMillis(),
        Set.copyOf(from.getChannelsList()),
        from.getRetractions());
  }

  private static ShardCommand read(BeginSend from) {
    return new ShardCommand.BeginSend(
        key(from.getUser(), from.getLeaseId()),
        new SendIntent(from.getChannel(), readPresumed(from)));
  }

  private static Presumed readPresumed(BeginSend from) {
    return switch (from.getPresumedCase()) {
      case CONFIRM -> new Presumed.Confirm();
      case CANCEL ->
          new Presumed.Cancel(
              from.getCancel().getTimeoutMillis(), read(from.getCancel().getFlagsList()));
      case NOTHING -> new Presumed.Nothing();
      case PRESUMED_NOT_SET ->
          throw new IllegalArgumentException(
              "expected begin-send with a presumed answer, but found none that is known");
    };
  }

  private static ShardCommand read(ConfirmLease from) {
    return new ShardCommand.ConfirmLease(
        key(from.getUser(), from.getLeaseId()),
        from.getReason(),
        List.copyOf(from.getDeliveriesList()),
        from.getDetail());
  }

  private static ShardCommand read(CancelLease from) {
    return new ShardCommand.CancelLease(
        key(from.getUser(), from.getLeaseId()),
        from.getTimeoutMillis(),
        read(from.getFlagsList()),
        from.getReason(),
        List.copyOf(from.getDeliveriesList()),
        from.getDetail());
  }

  private static LeaseKey key(String user, long leaseId) {
    return new LeaseKey(new UserId(user), leaseId);
  }

  private static Set<Flag> read(List<BacklogFlag> from) {
    var flags = EnumSet.noneOf(Flag.class);
    for (BacklogFlag flag : from) {
      switch (flag) {
        case BACKLOG_FLAG_PUSH_SENT -> flags.add(Flag.PUSH_SENT);
        case BACKLOG_FLAG_ONLINE -> flags.add(Flag.ONLINE);
        case BACKLOG_FLAG_UNSPECIFIED, UNRECOGNIZED ->
            throw new IllegalArgumentException("expected a known flag, but found " + flag);
      }
    }
    return flags;
  }
}
