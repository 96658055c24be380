package dev.whileaway.aggregator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.log.CommandCodec;
import dev.whileaway.aggregator.log.CommandCodec.Batch;
import dev.whileaway.aggregator.log.MemoryColdRecords;
import dev.whileaway.aggregator.shard.SendIntent.Presumed;
import dev.whileaway.aggregator.shard.ShardCommand.BeginSend;
import dev.whileaway.aggregator.shard.ShardCommand.CancelLease;
import dev.whileaway.aggregator.shard.ShardCommand.ClearEvents;
import dev.whileaway.aggregator.shard.ShardCommand.ConfirmLease;
import dev.whileaway.aggregator.shard.ShardCommand.ForgetUser;
import dev.whileaway.aggregator.shard.ShardCommand.PullDue;
import dev.whileaway.aggregator.shard.ShardCommand.ReportEvents;
import dev.whileaway.aggregator.shard.ShardReply.Cleared;
import dev.whileaway.aggregator.shard.ShardReply.Go;
import dev.whileaway.aggregator.shard.ShardReply.LeaseLost;
import dev.whileaway.aggregator.shard.ShardReply.Pulled;
import dev.whileaway.aggregator.shard.ShardReply.Reported;
import dev.whileaway.aggregator.shard.ShardReply.Settled;
import dev.whileaway.aggregator.shard.ShardReply.Stale;
import dev.whileaway.internal.v1.Attempt.Ending;
import dev.whileaway.internal.v1.LedgerEntry;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A shard in the hands of a test, as a small language: what users and workers do, the passing of
/// time, and what is expected then. Every command goes through the codec, as in the log, and after
/// each the books must balance.
final class ShardHarness {

  static final int MESSAGE = 1;
  static final int VISIT = 2;
  static final int FAVOURITE = 3;

  /// Urgent.
  static final int MATCH = 4;

  static final Duration WINDOW = Duration.ofMinutes(30);
  static final Duration TTL = Duration.ofMinutes(1);
  static final Duration EXPIRY = Duration.ofDays(7);
  static final Presumed CONFIRM = new Presumed.Confirm();
  static final Presumed NOTHING = new Presumed.Nothing();
  static final Presumed PUSHED = new Presumed.Cancel(600_000, Set.of(Flag.PUSH_SENT));

  final MemoryColdRecords cold = new MemoryColdRecords();
  private final ShardMachine machine;
  private final Map<String, LeaseKey> leases = new HashMap<>();
  private final List<String> lastDue = new ArrayList<>();
  private long now = 1_000_000_000_000L;
  private ShardReply reply = new Settled();

  private ShardHarness(ShardLimits limits, IdHash hash) {
    machine = new ShardMachine(limits, cold, hash);
  }

  static ShardHarness shard() {
    return new ShardHarness(ShardLimits.STANDARD, PackedId::hash);
  }

  static ShardHarness shardKeeping(int events) {
    return new ShardHarness(new ShardLimits(events), PackedId::hash);
  }

  static ShardHarness shardWithHash(IdHash hash) {
    return new ShardHarness(ShardLimits.STANDARD, hash);
  }

  static Duration minutes(long minutes) {
    return Duration.ofMinutes(minutes);
  }

  static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  // --- what happens

  ShardHarness report(String recipient, String sender, int type) {
    return report(event(recipient, sender, type, ""));
  }

  ShardHarness reportWithId(String recipient, String sender, int type, String eventId) {
    return report(event(recipient, sender, type, eventId));
  }

  ShardHarness report(NewEvent... events) {
    return send(new ReportEvents(List.of(events)));
  }

  static NewEvent event(String recipient, String sender, int type, String eventId) {
    return new NewEvent(
        new UserId(recipient),
        sender,
        type,
        "hello",
        eventId,
        WINDOW.toMillis(),
        type == MATCH,
        EXPIRY.toMillis());
  }

  static NewEvent expiring(String recipient, String sender, int type, Duration after) {
    return new NewEvent(
        new UserId(recipient), sender, type, "", "", WINDOW.toMillis(), false, after.toMillis());
  }

  ShardHarness advance(Duration time) {
    now += time.toMillis();
    return this;
  }

  ShardHarness visit(String user) {
    return clear(user, ClearScope.ALL);
  }

  ShardHarness view(String user, Integer... types) {
    return clear(user, new ClearScope(Set.of(types), Long.MAX_VALUE, ""));
  }

  ShardHarness clearUpTo(String user, long seq) {
    return clear(user, new ClearScope(Set.of(), seq, ""));
  }

  ShardHarness clear(String user, ClearScope scope) {
    return send(new ClearEvents(new UserId(user), scope));
  }

  ShardHarness forget(String user) {
    return send(new ForgetUser(new UserId(user)));
  }

  ShardHarness pull() {
    return pull("worker", 100);
  }

  ShardHarness pull(String worker, int limit) {
    return pull(new PullDue(worker, limit, TTL.toMillis()));
  }

  /// A worker that has room for these steps only.
  ShardHarness pullFor(Channel... channels) {
    return pull(new PullDue("worker", 100, TTL.toMillis(), Set.of(channels)));
  }

  private ShardHarness pull(PullDue pull) {
    send(pull);
    lastDue.clear();
    for (LeasedBacklog due : pulled().due()) {
      lastDue.add(due.lease().user().value());
      leases.put(due.lease().user().value(), due.lease());
    }
    return this;
  }

  ShardHarness beginSend(String user, Presumed presumed) {
    return beginSend(lease(user), presumed);
  }

  ShardHarness beginSend(LeaseKey lease, Presumed presumed) {
    var channel =
        presumed instanceof Presumed.Cancel ? Channel.CHANNEL_PUSH : Channel.CHANNEL_EMAIL;
    send(new BeginSend(lease, new SendIntent(channel, presumed)));
    // The worker goes on under the new id.
    if (reply instanceof Stale(var left) && !left.events().isEmpty()) {
      leases.put(lease.user().value(), left.lease());
    }
    return this;
  }

  ShardHarness confirm(String user) {
    return confirm(lease(user), Reason.REASON_SENT);
  }

  ShardHarness confirm(LeaseKey lease, Reason reason) {
    return send(new ConfirmLease(lease, reason, List.of(), ""));
  }

  ShardHarness cancel(String user, Duration timeout, Reason reason, Flag... flags) {
    return cancel(lease(user), timeout, reason, flags);
  }

  ShardHarness cancel(LeaseKey lease, Duration timeout, Reason reason, Flag... flags) {
    return send(new CancelLease(lease, timeout.toMillis(), Set.of(flags), reason, List.of(), ""));
  }

  /// Takes a command through the codec, applies it, and checks the books.
  ShardHarness send(ShardCommand command) {
    var entry = CommandCodec.encode(new Batch(now, List.of(command)));
    Batch batch = CommandCodec.decode(entry);
    reply = machine.apply(batch.commands().getFirst(), batch.stampedAtMillis());
    ShardInvariants.check(machine.view());
    return this;
  }

  // --- what is expected

  ShardHarness expectDue(String... users) {
    assertThat(lastDue).containsExactly(users);
    return this;
  }

  ShardHarness expectNothingDue() {
    return expectDue();
  }

  ShardHarness expectGo() {
    assertThat(reply).isEqualTo(new Go());
    return this;
  }

  ShardHarness expectSettled() {
    assertThat(reply).isEqualTo(new Settled());
    return this;
  }

  ShardHarness expectLost(String words) {
    assertThat(reply)
        .isInstanceOfSatisfying(LeaseLost.class, lost -> assertThat(lost.reason()).contains(words));
    return this;
  }

  ShardHarness expectStale(int events) {
    assertThat(reply)
        .isInstanceOfSatisfying(
            Stale.class, stale -> assertThat(stale.left().events()).hasSize(events));
    return this;
  }

  ShardHarness expectCleared(int events) {
    assertThat(reply).isEqualTo(new Cleared(events));
    return this;
  }

  ShardHarness expectReported(int accepted, Integer... duplicates) {
    assertThat(reply).isEqualTo(new Reported(accepted, List.of(duplicates)));
    return this;
  }

  ShardHarness expectWaits(String user, int events, Duration dueIn, Flag... flags) {
    ShardView.Backlog backlog = backlog(user);
    assertThat(backlog.phase()).isEqualTo(ShardView.Phase.WAITING);
    assertThat(backlog.events()).hasSize(events);
    assertThat(backlog.dueAtMillis() - now).as("millis until due").isEqualTo(dueIn.toMillis());
    assertThat(backlog.flags()).containsExactlyInAnyOrder(flags);
    return this;
  }

  ShardHarness expectNothingWaits(String user) {
    assertThat(machine.view().backlog(new UserId(user))).isEmpty();
    return this;
  }

  ShardHarness expectEndings(String user, Ending... endings) {
    assertThat(
            ledger(user).stream()
                .filter(LedgerEntry::hasAttempt)
                .map(entry -> entry.getAttempt().getEnding()))
        .containsExactly(endings);
    return this;
  }

  ShardHarness expectCount(Counter counter, long times) {
    assertThat(machine.view().counters().of(counter)).as(counter.name()).isEqualTo(times);
    return this;
  }

  // --- what is there

  ShardMachine machine() {
    return machine;
  }

  ShardReply reply() {
    return reply;
  }

  Pulled pulled() {
    return (Pulled) reply;
  }

  LeasedBacklog onlyDue() {
    assertThat(pulled().due()).hasSize(1);
    return pulled().due().getFirst();
  }

  LeaseKey lease(String user) {
    LeaseKey lease = leases.get(user);
    assertThat(lease).as("lease of " + user).isNotNull();
    return lease;
  }

  ShardView.Backlog backlog(String user) {
    var backlog = machine.view().backlog(new UserId(user));
    assertThat(backlog).as("backlog of " + user).isPresent();
    return backlog.get();
  }

  List<LedgerEntry> ledger(String user) {
    return machine.view().ledger(new UserId(user));
  }

  long now() {
    return now;
  }
}
