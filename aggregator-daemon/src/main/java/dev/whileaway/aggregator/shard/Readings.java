package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.LeasedBacklog.PendingEvent;
import dev.whileaway.aggregator.shard.LeasedBacklog.TypeTotal;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Shows what a record holds to those outside the shard.
final class Readings {

  private Readings() {}

  /// A backlog as the edge sees it: everything that waits, whoever has leased it.
  static ShardView.Backlog of(UserRecord backlog) {
    Claim claim = backlog.claim();
    return new ShardView.Backlog(
        RecordCodec.phaseOf(claim),
        backlog.schedule().dueAtMillis(),
        backlog.schedule().flags(),
        backlog.events().getLast().seq(),
        pending(backlog.events()),
        totals(backlog.events(), backlog.gaveWay().plus(backlog.late().tally())),
        Optional.ofNullable(claim).map(Readings::lease));
  }

  /// What a lease covers, as the worker sees it.
  static LeasedBacklog leased(UserRecord backlog, Claim claim) {
    List<KeptEvent> covered = backlog.covered();
    return new LeasedBacklog(
        new LeaseKey(backlog.user(), claim.leaseId()),
        claim.leasedAtMillis(),
        claim.expiresAtMillis(),
        backlog.schedule().dueAtMillis(),
        claim.throughSeq(),
        backlog.schedule().flags(),
        backlog.schedule().attempts(),
        pending(covered),
        totals(covered, backlog.gaveWay()));
  }

  static List<TypeTotal> totals(List<KeptEvent> kept, Tally counted) {
    var totals = new TreeMap<Integer, Total>();
    for (KeptEvent event : kept) {
      totals.computeIfAbsent(event.type(), _ -> new Total()).add(event);
    }
    for (TypeTally tally : counted.types()) {
      totals.computeIfAbsent(tally.type(), _ -> new Total()).add(tally);
    }
    var ordered = new ArrayList<TypeTotal>(totals.size());
    totals.forEach((type, total) -> ordered.add(total.toTypeTotal(type)));
    return List.copyOf(ordered);
  }

  static OptionalLong earlier(OptionalLong one, OptionalLong other) {
    if (one.isEmpty()) {
      return other;
    }
    return other.isPresent() && other.getAsLong() < one.getAsLong() ? other : one;
  }

  private static List<PendingEvent> pending(List<KeptEvent> events) {
    return events.stream().map(KeptEvent::toPending).toList();
  }

  private static ShardView.Lease lease(Claim claim) {
    return new ShardView.Lease(
        claim.leaseId(), claim.worker(), claim.leasedAtMillis(), claim.expiresAtMillis());
  }

  /// One type's count in the making.
  private static final class Total {

    private final LongOpenHashSet senders = new LongOpenHashSet();
    private long events;

    void add(KeptEvent event) {
      events++;
      senders.add(event.senderHash());
    }

    void add(TypeTally tally) {
      events += tally.events();
      for (long sender : tally.senders()) {
        senders.add(sender);
      }
    }

    TypeTotal toTypeTotal(int type) {
      return new TypeTotal(type, events, senders.size());
    }
  }
}
