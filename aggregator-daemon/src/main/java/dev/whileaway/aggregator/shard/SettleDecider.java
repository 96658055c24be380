package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.ShardCommand.CancelLease;
import dev.whileaway.aggregator.shard.ShardCommand.ConfirmLease;
import dev.whileaway.aggregator.shard.ShardReply.Settled;
import dev.whileaway.internal.v1.Attempt;
import dev.whileaway.internal.v1.Attempt.Ending;
import dev.whileaway.v1.Reason;

/// Decides what a worker's answer to a lease comes to. An answer that comes again is recognised by
/// the ledger, which knows how the lease ended.
final class SettleDecider {

  private SettleDecider() {}

  static Decision decide(StateView view, ConfirmLease command) {
    UserRecord backlog = Leases.held(view, command.lease());
    Claim claim = backlog == null ? null : backlog.claim();
    if (backlog == null || claim == null) {
      return Decision.answer(again(view, command.lease(), Ending.ENDING_CONFIRMED));
    }
    var draft = new Decision.Draft().count(Counter.CONFIRMED, 1);
    Settlement.takeOut(
        draft,
        backlog,
        Notes.attempt(backlog, claim, Ending.ENDING_CONFIRMED)
            .setReason(command.reason())
            .setDetail(command.detail())
            .addAllDeliveries(command.deliveries()),
        command.reason() == Reason.REASON_SENT ? Counter.TOLD : Counter.DROPPED,
        view.nowMillis());
    return draft.reply(new Settled());
  }

  static Decision decide(StateView view, CancelLease command) {
    UserRecord backlog = Leases.held(view, command.lease());
    Claim claim = backlog == null ? null : backlog.claim();
    if (backlog == null || claim == null) {
      return Decision.answer(again(view, command.lease(), Ending.ENDING_CANCELLED));
    }
    var draft = new Decision.Draft().count(Counter.CANCELLED, 1);
    Settlement.putOff(
        draft,
        backlog,
        Notes.attempt(backlog, claim, Ending.ENDING_CANCELLED)
            .setReason(command.reason())
            .setDetail(command.detail())
            .addAllDeliveries(command.deliveries()),
        backlog
            .schedule()
            .dueAgain(
                KeptEvent.plus(view.nowMillis(), command.timeoutMillis()),
                command.flags(),
                isFailure(command.reason())),
        view.nowMillis());
    return draft.reply(new Settled());
  }

  private static ShardReply again(StateView view, LeaseKey lease, Ending ending) {
    boolean isRepeated =
        view.ended(lease).map(Attempt::getEnding).filter(ending::equals).isPresent();
    return isRepeated ? new Settled() : Leases.lost(view, lease);
  }

  /// A user who is online has not used up a try, nor has a digest for which there was no room.
  private static boolean isFailure(Reason reason) {
    return switch (reason) {
      case REASON_PROVIDER_BUSY, REASON_FAILED, REASON_WORKER_STOPPED -> true;
      case REASON_UNSPECIFIED,
          REASON_SENT,
          REASON_NOTHING_LEFT,
          REASON_NO_CHANNEL,
          REASON_ONLINE,
          REASON_CHANNEL_BUSY,
          REASON_SUPPRESSED,
          REASON_DROPPED,
          UNRECOGNIZED ->
          false;
    };
  }
}
