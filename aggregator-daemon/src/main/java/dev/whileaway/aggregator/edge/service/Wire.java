package dev.whileaway.aggregator.edge.service;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.whileaway.aggregator.shard.Flag;
import dev.whileaway.aggregator.shard.LeaseKey;
import dev.whileaway.aggregator.shard.LeasedBacklog;
import dev.whileaway.aggregator.shard.Retraction;
import dev.whileaway.aggregator.shard.SendIntent;
import dev.whileaway.aggregator.shard.ShardView;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.v1.BacklogFlag;
import dev.whileaway.v1.BacklogState;
import dev.whileaway.v1.BeginSendItem;
import dev.whileaway.v1.DueBacklog;
import dev.whileaway.v1.GetBacklogResponse;
import dev.whileaway.v1.LeaseRef;
import dev.whileaway.v1.PendingEvent;
import dev.whileaway.v1.TypeTotal;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Turns the shard's values into messages, and messages into the shard's values.
final class Wire {

  private static final GetBacklogResponse NO_BACKLOG =
      GetBacklogResponse.newBuilder().setState(BacklogState.BACKLOG_STATE_NONE).build();

  private final TypeNames types;

  Wire(TypeNames types) {
    this.types = types;
  }

  static Timestamp timestamp(long millis) {
    return Timestamps.fromMillis(millis);
  }

  static dev.whileaway.v1.Retraction retraction(Retraction push) {
    return dev.whileaway.v1.Retraction.newBuilder()
        .setUser(push.user().value())
        .setDigestId(push.digestId())
        .setToldAt(timestamp(push.toldAtMillis()))
        .build();
  }

  static LeaseKey lease(LeaseRef ref) {
    return new LeaseKey(new UserId(ref.getUser()), ref.getLeaseId());
  }

  static SendIntent intent(BeginSendItem item) {
    SendIntent.Presumed presumed =
        switch (item.getPresumedCase()) {
          case CONFIRM -> new SendIntent.Presumed.Confirm();
          case CANCEL ->
              new SendIntent.Presumed.Cancel(
                  millis(item.getCancel().getTimeout()), flags(item.getCancel().getFlagsList()));
          case NOTHING -> new SendIntent.Presumed.Nothing();
          case PRESUMED_NOT_SET ->
              throw new IllegalStateException("expected a checked request, but found " + item);
        };
    return new SendIntent(item.getChannel(), presumed);
  }

  static long millis(com.google.protobuf.Duration duration) {
    return com.google.protobuf.util.Durations.toMillis(duration);
  }

  static Set<Flag> flags(Collection<BacklogFlag> flags) {
    EnumSet<Flag> set = EnumSet.noneOf(Flag.class);
    for (BacklogFlag flag : flags) {
      switch (flag) {
        case BACKLOG_FLAG_PUSH_SENT -> set.add(Flag.PUSH_SENT);
        case BACKLOG_FLAG_ONLINE -> set.add(Flag.ONLINE);
        case BACKLOG_FLAG_UNSPECIFIED, UNRECOGNIZED ->
            throw new IllegalStateException("expected a checked flag, but found " + flag);
      }
    }
    return set;
  }

  static List<BacklogFlag> flags(Set<Flag> flags) {
    return flags.stream().sorted().map(Wire::flag).toList();
  }

  private static BacklogFlag flag(Flag flag) {
    return switch (flag) {
      case PUSH_SENT -> BacklogFlag.BACKLOG_FLAG_PUSH_SENT;
      case ONLINE -> BacklogFlag.BACKLOG_FLAG_ONLINE;
    };
  }

  DueBacklog due(LeasedBacklog leased) {
    DueBacklog.Builder due =
        DueBacklog.newBuilder()
            .setUser(leased.lease().user().value())
            .setLeaseId(leased.lease().leaseId())
            .setLeaseExpiresAt(timestamp(leased.expiresAtMillis()))
            .setDueAt(timestamp(leased.dueAtMillis()))
            .setThroughSeq(leased.throughSeq())
            .addAllFlags(flags(leased.flags()))
            .addAllTotals(totals(leased.totals()))
            .setLeasedAt(timestamp(leased.leasedAtMillis()))
            .setAttempts(leased.attempts());
    leased.events().forEach(event -> due.addEvents(pending(event)));
    return due.build();
  }

  private PendingEvent pending(LeasedBacklog.PendingEvent event) {
    return PendingEvent.newBuilder()
        .setSeq(event.seq())
        .setType(types.name(event.type()))
        .setSender(event.sender())
        .setData(event.data())
        .setAt(timestamp(event.atMillis()))
        .setWatched(event.watched())
        .build();
  }

  /// In the catalogue's order; of types that it no longer has, by id.
  private List<TypeTotal> totals(List<LeasedBacklog.TypeTotal> totals) {
    return totals.stream()
        .sorted(
            Comparator.<LeasedBacklog.TypeTotal>comparingInt(total -> types.place(total.type()))
                .thenComparingInt(LeasedBacklog.TypeTotal::type))
        .map(total ->
            TypeTotal.newBuilder()
                .setType(types.name(total.type()))
                .setEvents(total.events())
                .setDistinctSenders(total.distinctSenders())
                .build())
        .toList();
  }

  GetBacklogResponse backlog(java.util.Optional<ShardView.Backlog> backlog) {
    return backlog.map(this::backlog).orElse(NO_BACKLOG);
  }

  private GetBacklogResponse backlog(ShardView.Backlog backlog) {
    return GetBacklogResponse.newBuilder()
        .setState(state(backlog.phase()))
        .setDueAt(timestamp(backlog.dueAtMillis()))
        .addAllTotals(totals(backlog.totals()))
        .setThroughSeq(backlog.throughSeq())
        .addAllFlags(flags(backlog.flags()))
        .build();
  }

  private static BacklogState state(ShardView.Phase phase) {
    return switch (phase) {
      case WAITING -> BacklogState.BACKLOG_STATE_WAITING;
      case LEASED -> BacklogState.BACKLOG_STATE_LEASED;
      case SENDING -> BacklogState.BACKLOG_STATE_SENDING;
    };
  }
}
