package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.Change.BacklogChanged;
import dev.whileaway.aggregator.shard.Change.BacklogLeased;
import dev.whileaway.aggregator.shard.Change.Counted;
import dev.whileaway.aggregator.shard.Change.EntryNoted;
import dev.whileaway.aggregator.shard.Change.ProfileDeleted;
import dev.whileaway.aggregator.shard.Change.ProfileStored;
import dev.whileaway.aggregator.shard.Change.UserForgotten;
import dev.whileaway.internal.v1.Attempt;
import dev.whileaway.internal.v1.LedgerEntry;
import dev.whileaway.v1.Channel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The whole state of a shard, and the one place that changes it: [#apply] for what was decided,
/// and [#replace] for the fused append. Its read-only face is [StateView].
final class ShardState implements StateView {

  private final ShardLimits limits;
  private final Packer packer = new Packer();
  private final Records records;
  private final ColdStore cold;
  private final LedgerCalendar ledgerCalendar;
  private final Ledger ledger;
  private final Profiles profiles;
  private final ShardHeader header = new ShardHeader();

  ShardState(ShardLimits limits, ColdRecords coldRecords, IdHash idHash) {
    this.limits = limits;
    records = new Records(idHash);
    cold = new ColdStore(coldRecords);
    ledgerCalendar = new LedgerCalendar(cold);
    ledger = new Ledger(cold, ledgerCalendar);
    profiles = new Profiles(cold);
  }

  void advanceTo(long stampedAtMillis) {
    header.nowMillis = Math.max(header.nowMillis, stampedAtMillis);
  }

  void apply(Change change) {
    switch (change) {
      case BacklogChanged(UserRecord after) -> put(after);
      case BacklogLeased(UserRecord after, long leaseId) -> {
        header.lastLeaseId = leaseId;
        put(after);
      }
      case ProfileStored(UserId user, var profile) -> profiles.put(user, profile);
      case ProfileDeleted(UserId user) -> profiles.delete(user);
      case UserForgotten(UserId user) -> forget(user);
      case EntryNoted(UserId user, LedgerEntry entry) -> note(user, entry);
      case Counted(Counter counter, long times) -> count(counter, times);
    }
  }

  /// Puts a packed record in the place of another: for the append, which need not unpack it.
  void replace(long hash, byte @Nullable [] before, byte[] after) {
    records.replace(hash, before, after);
  }

  void count(Counter counter, long times) {
    header.counts[counter.ordinal()] += times;
  }

  Records records() {
    return records;
  }

  Packer packer() {
    return packer;
  }

  long seqFloor() {
    return header.seqFloor;
  }

  private void put(UserRecord after) {
    byte[] id = PackedId.of(after.user());
    long hash = records.hash(id, id.length);
    byte[] before = records.find(hash, id, id.length);
    if (!after.isGone()) {
      records.replace(hash, before, RecordCodec.encode(after, packer));
    } else if (before != null) {
      records.remove(hash, before);
      // Whoever opens a backlog next begins after every seq that went: a clear up to an old seq,
      // come late, must not reach the new events.
      header.seqFloor = Math.max(header.seqFloor, after.lastSeq());
    }
  }

  private void forget(UserId user) {
    UserRecord backlog = find(user);
    if (backlog != null) {
      put(UserRecord.empty(user, backlog.lastSeq()));
    }
    ledger.removeAll(user);
    profiles.bury(user, header.nowMillis);
  }

  /// Who writes into the ledger sees to it that it does not grow for ever: nothing else may happen
  /// here for months.
  private void note(UserId user, LedgerEntry entry) {
    header.lastNote++;
    count(Counter.LEDGER_GAVE_WAY, ledger.add(user, header.lastNote, entry));
    if (header.lastNote % LedgerCalendar.USERS_PER_PAGE == 0) {
      ageLedger();
    }
  }

  /// Removes some of what the ledger need not remember any more.
  void ageLedger() {
    long oldest = header.nowMillis - limits.ledgerDays() * 24L * 60 * 60 * 1000;
    count(Counter.LEDGER_EXPIRED, ledger.age(oldest));
  }

  // --- the read-only face

  @Override
  public ShardLimits limits() {
    return limits;
  }

  @Override
  public long nowMillis() {
    return header.nowMillis;
  }

  @Override
  public long lastLeaseId() {
    return header.lastLeaseId;
  }

  @Override
  public @Nullable UserRecord find(UserId user) {
    byte[] record = record(user);
    return record == null ? null : RecordCodec.decode(record);
  }

  private byte @Nullable [] record(UserId user) {
    byte[] id = PackedId.of(user);
    return records.find(records.hash(id, id.length), id, id.length);
  }

  @Override
  public boolean isPending(UserId user) {
    byte[] record = record(user);
    return record != null && RecordHead.of(record).isPending();
  }

  @Override
  public boolean mayClear(UserId user, ClearScope scope) {
    byte[] record = record(user);
    if (record == null) {
      return false;
    }
    RecordHead head = RecordHead.of(record);
    return head.isPending() || head.isTold() && scope.isWhole(head.lastSeq);
  }

  @Override
  public boolean anythingToRetract() {
    return records.next(List.of(Records.Kind.RETRACT_DUE)).isPresent();
  }

  @Override
  public Optional<ShardView.Backlog> backlog(UserId user) {
    UserRecord found = find(user);
    return found == null || !found.isPending() ? Optional.empty() : Optional.of(Readings.of(found));
  }

  @Override
  public Optional<Attempt> ended(LeaseKey lease) {
    return ledger.entries(lease.user()).reversed().stream()
        .filter(LedgerEntry::hasAttempt)
        .map(LedgerEntry::getAttempt)
        .filter(attempt -> attempt.getLeaseId() == lease.leaseId())
        .findFirst();
  }

  @Override
  public ProfileState profile(UserId user) {
    return profiles.get(user);
  }

  @Override
  public List<LedgerEntry> ledger(UserId user) {
    return ledger.entries(user);
  }

  @Override
  public boolean anythingDue(long nowMillis, Set<Channel> channels) {
    OptionalLong next = nextWakeAtMillis(channels);
    return next.isPresent() && next.getAsLong() <= nowMillis;
  }

  @Override
  public OptionalLong nextWakeAtMillis() {
    return nextWakeAtMillis(Set.of());
  }

  private OptionalLong nextWakeAtMillis(Set<Channel> channels) {
    return Readings.earlier(
        records.next(Records.Kind.due(channels)), records.next(List.of(Records.Kind.LEASE_END)));
  }

  @Override
  public long backlogs() {
    return records.backlogs();
  }

  @Override
  public long pendingEvents() {
    return records.pendingEvents();
  }

  @Override
  public Counters counters() {
    return Counters.of(header.counts);
  }

  @Override
  public Ripe due(Set<Channel> channels) {
    return records.ripe(Records.Kind.due(channels), header.nowMillis);
  }

  @Override
  public Ripe leaseEnds() {
    return records.ripe(List.of(Records.Kind.LEASE_END), header.nowMillis);
  }

  @Override
  public Ripe remnants() {
    return records.ripe(List.of(Records.Kind.MEMORY_END), header.nowMillis);
  }

  @Override
  public Ripe retractions() {
    return records.ripe(List.of(Records.Kind.RETRACT_DUE), header.nowMillis);
  }

  // --- snapshots

  ShardMachine.Cut cut() {
    return new StateCut(writeHeader(), records.swapDirty());
  }

  byte[] writeHeader() {
    header.coldHash = cold.historyHash();
    header.writeTo(packer.clear());
    ledgerCalendar.writeTo(packer);
    return packer.toBytes();
  }

  void loadHeader(byte[] bytes) {
    var from = new Unpacker(bytes);
    if (header.load(from) >= ShardHeader.FORM_OF_NUMBERED_NOTES) {
      ledgerCalendar.load(from);
    }
    cold.historyHash(header.coldHash);
  }

  void loadRecord(byte[] record) {
    records.load(record);
  }

  long hash() {
    byte[] head = writeHeader();
    return PackedId.mix(PackedId.hash(head, 0, head.length) + records.contentHash());
  }
}
