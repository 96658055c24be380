package dev.whileaway.simulator.direct;

import dev.whileaway.aggregator.shard.Flag;
import dev.whileaway.aggregator.shard.LeaseKey;
import dev.whileaway.aggregator.shard.LeasedBacklog;
import dev.whileaway.aggregator.shard.SendIntent;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.EventType;
import dev.whileaway.v1.BacklogFlag;
import dev.whileaway.v1.Delivery;
import dev.whileaway.worker.pipeline.DigestAnswers;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Lease;
import dev.whileaway.worker.plan.Plan;
import dev.whileaway.worker.plan.Presumed;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The worker's side of leases, answered by the shards themselves, without a wire between.
public final class DirectLeases implements DigestAnswers {

  private final ShardCalls shards;
  private final Catalogue catalogue;

  public DirectLeases(ShardCalls shards, Catalogue catalogue) {
    this.shards = shards;
    this.catalogue = catalogue;
  }

  @Override
  public Begun begin(Lease lease, Plan.Tell tell) {
    var intent = new SendIntent(tell.channel(), presumed(tell.presumed()));
    ShardReply reply = shards.submit(user(lease), new ShardCommand.BeginSend(key(lease), intent));
    return switch (reply) {
      case ShardReply.Go _ -> new Go();
      case ShardReply.Stale(var left) -> new Stale(due(left));
      case ShardReply.LeaseLost(var reason) -> new LeaseLost(reason);
      default -> throw unexpected(reply);
    };
  }

  @Override
  public Settled settle(Lease lease, Plan.Answer answer, List<Delivery> deliveries) {
    ShardCommand command =
        switch (answer) {
          case Plan.Confirm(var reason, var words) ->
              new ShardCommand.ConfirmLease(key(lease), reason, deliveries, words);
          case Plan.Cancel(var delay, var flags, var reason, var words) ->
              new ShardCommand.CancelLease(
                  key(lease), delay.toMillis(), flags(flags), reason, deliveries, words);
        };
    ShardReply reply = shards.submit(user(lease), command);
    return switch (reply) {
      case ShardReply.Settled _ -> new Done();
      case ShardReply.LeaseLost(var reason) -> new LeaseLost(reason);
      default -> throw unexpected(reply);
    };
  }

  /// What a pull leased, as the worker sees it.
  public Due due(LeasedBacklog leased) {
    return new Due(
        new Lease(
            leased.lease().user().value(),
            leased.lease().leaseId(),
            Instant.ofEpochMilli(leased.leasedAtMillis()),
            Instant.ofEpochMilli(leased.expiresAtMillis())),
        Instant.ofEpochMilli(leased.dueAtMillis()),
        leased.throughSeq(),
        leased.flags().contains(Flag.PUSH_SENT),
        leased.attempts(),
        leased.events().stream().map(this::event).toList(),
        leased.totals().stream()
            .map(total ->
                new Due.TypeTotal(name(total.type()), total.events(), total.distinctSenders()))
            .toList());
  }

  private Due.PendingEvent event(LeasedBacklog.PendingEvent event) {
    return new Due.PendingEvent(
        event.seq(),
        name(event.type()),
        event.sender(),
        event.data(),
        Instant.ofEpochMilli(event.atMillis()),
        event.watched());
  }

  private String name(int type) {
    return catalogue.type(type).map(EventType::name).orElseThrow();
  }

  private static LeaseKey key(Lease lease) {
    return new LeaseKey(user(lease), lease.id());
  }

  private static UserId user(Lease lease) {
    return new UserId(lease.user());
  }

  private static SendIntent.Presumed presumed(Presumed presumed) {
    return switch (presumed) {
      case Presumed.Confirm() -> new SendIntent.Presumed.Confirm();
      case Presumed.Cancel(var delay, var flags) ->
          new SendIntent.Presumed.Cancel(delay.toMillis(), flags(flags));
      case Presumed.Nothing() -> new SendIntent.Presumed.Nothing();
    };
  }

  private static Set<Flag> flags(Set<BacklogFlag> flags) {
    return flags.stream()
        .map(flag ->
            switch (flag) {
              case BACKLOG_FLAG_PUSH_SENT -> Flag.PUSH_SENT;
              case BACKLOG_FLAG_ONLINE -> Flag.ONLINE;
              case BACKLOG_FLAG_UNSPECIFIED, UNRECOGNIZED ->
                  throw new IllegalStateException("expected a known flag, but found " + flag);
            })
        .collect(Collectors.toUnmodifiableSet());
  }

  private static IllegalStateException unexpected(ShardReply reply) {
    return new IllegalStateException("expected an answer to a lease, but found " + reply);
  }
}
