package dev.whileaway.worker;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.whileaway.v1.BacklogFlag;
import dev.whileaway.v1.BeginSendItem;
import dev.whileaway.v1.BeginSendResult;
import dev.whileaway.v1.CancelItem;
import dev.whileaway.v1.ConfirmItem;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.DueBacklog;
import dev.whileaway.v1.LeaseLost;
import dev.whileaway.v1.LeaseRef;
import dev.whileaway.v1.PendingEvent;
import dev.whileaway.v1.Reason;
import dev.whileaway.v1.SettleResult;
import dev.whileaway.v1.TypeTotal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The life of a backlog by DESIGN section 4, as short as can be: what a worker is tested against.
/// Not thread-safe.
final class FakeShard {

  private final InstantSource clock;
  private final Map<String, Backlog> backlogs = new TreeMap<>();
  private long lastLease;

  /// The answers that ended or put off a lease, oldest first.
  final List<Answered> answered = new ArrayList<>();

  record Answered(
      String user,
      Optional<Duration> dueAgainAfter,
      Reason reason,
      String detail,
      List<Delivery> deliveries) {
    boolean confirmed() {
      return dueAgainAfter.isEmpty();
    }
  }

  FakeShard(InstantSource clock) {
    this.clock = clock;
  }

  private static final class Backlog {
    final List<PendingEvent> events = new ArrayList<>();
    final Set<BacklogFlag> flags = EnumSet.noneOf(BacklogFlag.class);
    long seq;
    long dueAt;
    int attempts;
    long lease;
    long leaseEnds;
    long leaseTtl;
    long leasedAt;
    long through;
    boolean cleared;
    Optional<BeginSendItem> sending = Optional.empty();
  }

  void report(String user, String type, String sender) {
    Backlog backlog = backlogs.get(user);
    if (backlog == null) {
      backlog = new Backlog();
      backlog.dueAt = clock.millis();
      backlogs.put(user, backlog);
    }
    backlog.events.add(
        PendingEvent.newBuilder()
            .setSeq(++backlog.seq)
            .setType(type)
            .setSender(sender)
            .setData("hi")
            .setAt(Timestamps.fromMillis(clock.millis()))
            .build());
  }

  void clear(String user, String type) {
    Backlog backlog = backlogs.get(user);
    if (backlog != null) {
      backlog.cleared |= backlog.events.removeIf(event -> event.getType().equals(type));
    }
  }

  boolean pending(String user) {
    return backlogs.containsKey(user);
  }

  Set<BacklogFlag> flags(String user) {
    return Set.copyOf(backlogs.get(user).flags);
  }

  long leased() {
    return backlogs.values().stream().filter(backlog -> backlog.lease != 0).count();
  }

  List<DueBacklog> pull(int limit, Duration ttl) {
    new LinkedHashMap<>(backlogs).forEach(this::expire);
    List<DueBacklog> due = new ArrayList<>();
    for (var entry : backlogs.entrySet()) {
      Backlog backlog = entry.getValue();
      if (due.size() < limit && backlog.lease == 0 && backlog.dueAt <= clock.millis()) {
        backlog.lease = ++lastLease;
        backlog.leasedAt = clock.millis();
        backlog.leaseTtl = ttl.toMillis();
        backlog.leaseEnds = clock.millis() + ttl.toMillis();
        backlog.through = backlog.seq;
        backlog.cleared = false;
        due.add(due(entry.getKey(), backlog));
      }
    }
    return due;
  }

  private void expire(String user, Backlog backlog) {
    if (backlog.lease == 0 || clock.millis() < backlog.leaseEnds) {
      return;
    }
    BeginSendItem sending = backlog.sending.orElse(BeginSendItem.getDefaultInstance());
    switch (sending.getPresumedCase()) {
      case CONFIRM -> end(user, backlog);
      case CANCEL -> {
        backlog.flags.addAll(sending.getCancel().getFlagsList());
        again(backlog, Durations.toMillis(sending.getCancel().getTimeout()));
        backlog.attempts = 0;
      }
      case NOTHING, PRESUMED_NOT_SET -> again(backlog, 0);
    }
  }

  private void again(Backlog backlog, long afterMillis) {
    backlog.dueAt = clock.millis() + afterMillis;
    backlog.lease = 0;
    backlog.sending = Optional.empty();
    backlog.attempts++;
  }

  private void end(String user, Backlog backlog) {
    backlog.events.removeIf(event -> event.getSeq() <= backlog.through);
    backlog.lease = 0;
    backlog.sending = Optional.empty();
    backlog.flags.clear();
    backlog.attempts = 0;
    backlog.dueAt = clock.millis() + Duration.ofMinutes(30).toMillis();
    if (backlog.events.isEmpty()) {
      backlogs.remove(user);
    }
  }

  private static DueBacklog due(String user, Backlog backlog) {
    List<PendingEvent> covered =
        backlog.events.stream().filter(event -> event.getSeq() <= backlog.through).toList();
    Map<String, List<PendingEvent>> byType = new TreeMap<>();
    covered.forEach(e -> byType.computeIfAbsent(e.getType(), _ -> new ArrayList<>()).add(e));
    var due =
        DueBacklog.newBuilder()
            .setUser(user)
            .setLeaseId(backlog.lease)
            .setLeaseExpiresAt(Timestamps.fromMillis(backlog.leaseEnds))
            .setDueAt(Timestamps.fromMillis(backlog.dueAt))
            .setThroughSeq(backlog.through)
            .setLeasedAt(Timestamps.fromMillis(backlog.leasedAt))
            .setAttempts(backlog.attempts)
            .addAllFlags(backlog.flags)
            .addAllEvents(covered);
    byType.forEach((type, events) ->
        due.addTotals(
            TypeTotal.newBuilder()
                .setType(type)
                .setEvents(events.size())
                .setDistinctSenders(
                    (int) events.stream().map(PendingEvent::getSender).distinct().count())));
    return due.build();
  }

  BeginSendResult begin(BeginSendItem item) {
    Optional<Backlog> held = held(item.getLease());
    if (held.isEmpty()) {
      return BeginSendResult.newBuilder().setLeaseLost(lost()).build();
    }
    Backlog backlog = held.get();
    if (backlog.cleared) {
      backlog.cleared = false;
      DueBacklog left = due(item.getLease().getUser(), backlog);
      if (left.getEventsCount() == 0) {
        end(item.getLease().getUser(), backlog);
      }
      return BeginSendResult.newBuilder().setStale(left).build();
    }
    backlog.sending = Optional.of(item);
    backlog.leaseEnds = clock.millis() + backlog.leaseTtl;
    return BeginSendResult.newBuilder().setGo(BeginSendResult.Go.getDefaultInstance()).build();
  }

  SettleResult confirm(ConfirmItem item) {
    return held(item.getLease())
        .map(backlog -> {
          end(item.getLease().getUser(), backlog);
          answered.add(
              new Answered(
                  item.getLease().getUser(),
                  Optional.empty(),
                  item.getReason(),
                  item.getDetail(),
                  item.getDeliveriesList()));
          return settled();
        })
        .orElseGet(() -> SettleResult.newBuilder().setLeaseLost(lost()).build());
  }

  SettleResult cancel(CancelItem item) {
    return held(item.getLease())
        .map(backlog -> {
          long timeout = Durations.toMillis(item.getTimeout());
          backlog.flags.remove(BacklogFlag.BACKLOG_FLAG_ONLINE);
          boolean nextStep = backlog.flags.addAll(item.getFlagsList());
          again(backlog, timeout);
          if (nextStep) {
            backlog.attempts = 0;
          }
          answered.add(
              new Answered(
                  item.getLease().getUser(),
                  Optional.of(Duration.ofMillis(timeout)),
                  item.getReason(),
                  item.getDetail(),
                  item.getDeliveriesList()));
          return settled();
        })
        .orElseGet(() -> SettleResult.newBuilder().setLeaseLost(lost()).build());
  }

  private Optional<Backlog> held(LeaseRef lease) {
    return Optional.ofNullable(backlogs.get(lease.getUser()))
        .filter(backlog -> backlog.lease == lease.getLeaseId())
        .filter(backlog -> clock.millis() < backlog.leaseEnds);
  }

  private static LeaseLost lost() {
    return LeaseLost.newBuilder().setReason("expired or answered").build();
  }

  private static SettleResult settled() {
    return SettleResult.newBuilder().setSettled(SettleResult.Settled.getDefaultInstance()).build();
  }
}
