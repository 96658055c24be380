package dev.whileaway.simulator;

import dev.whileaway.aggregator.shard.ClearScope;
import dev.whileaway.aggregator.shard.LeaseKey;
import dev.whileaway.aggregator.shard.NewEvent;
import dev.whileaway.aggregator.shard.Retraction;
import dev.whileaway.aggregator.shard.SendIntent;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardCommand.BeginSend;
import dev.whileaway.aggregator.shard.ShardCommand.CancelLease;
import dev.whileaway.aggregator.shard.ShardCommand.ClearEvents;
import dev.whileaway.aggregator.shard.ShardCommand.ConfirmLease;
import dev.whileaway.aggregator.shard.ShardCommand.ForgetUser;
import dev.whileaway.aggregator.shard.ShardCommand.ReportEvents;
import dev.whileaway.aggregator.shard.ShardMachine;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.ShardReply.Cleared;
import dev.whileaway.aggregator.shard.ShardReply.Pulled;
import dev.whileaway.aggregator.shard.ShardReply.Settled;
import dev.whileaway.aggregator.shard.ShardReply.Stale;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.simulator.world.Seams;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Faults that are put into the code on purpose. The simulator is worth what it finds of these.
enum Mutant {

  /// An answer under an old lease is taken for one under the lease of now.
  FENCING_DROPPED(
      shard((machine, command, at) ->
          machine.apply(
              switch (command) {
                case BeginSend(var lease, var intent) ->
                    new BeginSend(current(machine, lease), intent);
                case ConfirmLease(var lease, var reason, var deliveries, var detail) ->
                    new ConfirmLease(current(machine, lease), reason, deliveries, detail);
                case CancelLease(
                        var lease,
                        var timeout,
                        var flags,
                        var reason,
                        var all,
                        var detail) ->
                    new CancelLease(current(machine, lease), timeout, flags, reason, all, detail);
                default -> command;
              },
              at))),

  /// A confirm takes out all that waits, not only what its lease covered.
  CONFIRMS_BEYOND_THROUGH_SEQ(
      shard((machine, command, at) -> {
        ShardReply reply = machine.apply(command, at);
        if (command instanceof ConfirmLease(var lease, _, _, _) && reply instanceof Settled) {
          ShardReply _ = machine.apply(new ClearEvents(lease.user(), ClearScope.ALL), at);
        }
        return reply;
      })),

  /// What was acknowledged had not reached the disk.
  FORGETS_TO_FSYNC(() ->
      new Seams() {
        @Override
        public int surviving(int entries) {
          return Math.max(0, entries - 1);
        }
      }),

  /// A restart applies the last entry of its snapshot once more.
  REPLAYS_AN_ENTRY_TWICE(() ->
      new Seams() {
        @Override
        public int replayFrom(int snapshotEntries) {
          return Math.max(0, snapshotEntries - 1);
        }
      }),

  /// A snapshot says that it reaches one entry further than it does.
  SNAPSHOT_OVERSTATES_ITS_INDEX(() ->
      new Seams() {
        @Override
        public int replayFrom(int snapshotEntries) {
          return snapshotEntries == 0 ? 0 : snapshotEntries + 1;
        }
      }),

  /// GO, although something leased was cleared or the user unsubscribed meanwhile.
  BEGIN_SEND_IGNORES_STALE(
      shard((machine, command, at) -> {
        ShardReply reply = machine.apply(command, at);
        return command instanceof BeginSend(_, var intent)
                && reply instanceof Stale(var left)
                && !left.events().isEmpty()
            ? machine.apply(new BeginSend(left.lease(), intent), at)
            : reply;
      })),

  /// A worker sends, and says so only with its answer.
  SENDS_BEFORE_BEGIN_SEND(WorkerFaults.SendsFirst::new),

  /// A worker sends once more what a provider did not answer.
  SENDS_AGAIN_AFTER_NO_ANSWER(WorkerFaults.SendsAgain::new),

  /// Whatever a worker says to presume, a lease that runs out is due again.
  PRESUMED_ANSWER_IGNORED(
      shard((machine, command, at) ->
          machine.apply(
              command instanceof BeginSend(var lease, var intent)
                  ? new BeginSend(
                      lease, new SendIntent(intent.channel(), new SendIntent.Presumed.Nothing()))
                  : command,
              at))),

  /// A page view is answered, and nothing is cleared.
  CLEARS_NOTHING(
      shard((machine, command, at) ->
          command instanceof ClearEvents ? new Cleared(0) : machine.apply(command, at))),

  /// A page view clears what its scope excludes.
  CLEARS_TOO_MUCH(
      shard((machine, command, at) ->
          machine.apply(
              command instanceof ClearEvents(var user, _)
                  ? new ClearEvents(user, ClearScope.ALL)
                  : command,
              at))),

  /// A repeated report is counted again.
  EVENT_IDS_NOT_KEPT(
      shard((machine, command, at) ->
          machine.apply(
              command instanceof ReportEvents(var events)
                  ? new ReportEvents(events.stream().map(Mutant::withoutId).toList())
                  : command,
              at))),

  /// The backlog of one user is leased, and never handed out.
  ONE_USER_STARVES(
      shard((machine, command, at) -> {
        ShardReply reply = machine.apply(command, at);
        return reply instanceof Pulled(var due, var next, var retractions)
            ? new Pulled(
                due.stream().filter(each -> !each.lease().user().equals(new UserId("u1"))).toList(),
                next,
                retractions)
            : reply;
      })),

  /// A cancel forgets that the push was sent.
  CANCEL_LOSES_FLAGS(
      shard((machine, command, at) ->
          machine.apply(
              command
                      instanceof
                      CancelLease(var lease, var timeout, _, var reason, var all, var detail)
                  ? new CancelLease(lease, timeout, Set.of(), reason, all, detail)
                  : command,
              at))),

  /// A deleted account keeps its backlog.
  FORGET_KEEPS_THE_BACKLOG(
      shard((machine, command, at) ->
          machine.apply(
              command instanceof ForgetUser(var user)
                  ? new ShardCommand.DeleteProfile(user)
                  : command,
              at))),

  /// A report is answered and goes nowhere, now and then.
  REPORT_LOST(
      shard((machine, command, at) ->
          command instanceof ReportEvents(var events) && events.getFirst().data().endsWith("7")
              ? new ShardReply.Reported(events.size(), List.of())
              : machine.apply(command, at))),

  /// A pull hands a push out to be taken back, and does not forget it.
  RETRACTS_AGAIN(
      shard((machine, command, at) -> {
        ShardReply reply = machine.apply(command, at);
        return reply instanceof Pulled(var due, var next, var retractions)
            ? new Pulled(
                due, next, retractions.stream().flatMap(push -> Stream.of(push, push)).toList())
            : reply;
      })),

  /// A push is taken back under another's name.
  RETRACTS_WHAT_WAS_NOT_SENT(
      shard((machine, command, at) -> {
        ShardReply reply = machine.apply(command, at);
        return reply instanceof Pulled(var due, var next, var retractions)
            ? new Pulled(
                due,
                next,
                retractions.stream()
                    .map(push ->
                        new Retraction(push.user(), push.digestId() + "-", push.toldAtMillis()))
                    .toList())
            : reply;
      })),

  /// Every app is told to take a push back, whether it knows how or not.
  RETRACTS_ANYWHERE(WorkerFaults.RetractsAnywhere::new),

  /// A push is taken back as soon as it came, seen or not.
  RETRACTS_UNSEEN(WorkerFaults.RetractsAtOnce::new),

  /// A worker knows users as it first met them.
  PROFILES_CACHED_FOR_EVER(WorkerFaults.RemembersUsers::new),

  /// A user who is online counts as told.
  ONLINE_COUNTS_AS_TOLD(WorkerFaults.ConfirmsWhoIsOnline::new);

  private final Supplier<Seams> seams;

  Mutant(Supplier<Seams> seams) {
    this.seams = seams;
  }

  Supplier<Seams> seams() {
    return seams;
  }

  /// A shard that decides otherwise, the same on every replica.
  private interface Deciding {
    ShardReply apply(ShardMachine machine, ShardCommand command, long stampedAtMillis);
  }

  private static Supplier<Seams> shard(Deciding deciding) {
    return () ->
        new Seams() {
          @Override
          public ShardReply apply(
              ShardMachine machine, ShardCommand command, long stampedAtMillis) {
            return deciding.apply(machine, command, stampedAtMillis);
          }
        };
  }

  private static LeaseKey current(ShardMachine machine, LeaseKey asked) {
    return machine
        .view()
        .backlog(asked.user())
        .flatMap(backlog -> backlog.lease())
        .map(lease -> new LeaseKey(asked.user(), lease.leaseId()))
        .orElse(asked);
  }

  private static NewEvent withoutId(NewEvent event) {
    return new NewEvent(
        event.recipient(),
        event.sender(),
        event.type(),
        event.data(),
        "",
        event.windowMillis(),
        event.urgent(),
        event.expiresAfterMillis());
  }
}
