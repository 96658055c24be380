package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.StateView.Ripe;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All users' packed records, with what is derived from them: the calendars, the totals, and the
/// records that changed since the last cut.
final class Records {

  /// Why time will move a record.
  enum Kind {
    /// It waits.
    DUE,
    /// It is leased.
    LEASE_END,
    /// It is a remnant.
    MEMORY_END
  }

  private final IdHash idHash;
  private final RecordTable table = new RecordTable();
  private final Calendar[] calendars = new Calendar[Kind.values().length];
  private final RecordHead oldHead = new RecordHead();
  private final RecordHead newHead = new RecordHead();
  private final Unpacker unpacker = new Unpacker(new byte[0]);
  private RecordTable dirty = new RecordTable();
  private long backlogs;
  private long pendingEvents;

  Records(IdHash idHash) {
    this.idHash = idHash;
    for (Kind kind : Kind.values()) {
      calendars[kind.ordinal()] = new Calendar((hash, visitor) -> visitWakes(kind, hash, visitor));
    }
  }

  long hash(byte[] id, int length) {
    return idHash.hash(id, 0, length);
  }

  byte @Nullable [] find(long hash, byte[] id, int length) {
    return table.find(hash, id, length);
  }

  Calendar calendar(Kind kind) {
    return calendars[kind.ordinal()];
  }

  long backlogs() {
    return backlogs;
  }

  long pendingEvents() {
    return pendingEvents;
  }

  void replace(long hash, byte @Nullable [] before, byte[] after) {
    newHead.read(unpacker.moveTo(after, 0));
    if (before == null) {
      enter(hash, after);
    } else {
      oldHead.read(unpacker.moveTo(before, 0));
      if (kind(oldHead) != kind(newHead) || oldHead.wakeAtMillis != newHead.wakeAtMillis) {
        calendar(kind(oldHead)).remove(oldHead.wakeAtMillis, before);
        enter(hash, after);
      }
      total(oldHead, -1);
    }
    total(newHead, 1);
    table.put(hash, after);
    dirty.put(hash, after);
  }

  void remove(long hash, byte[] before) {
    oldHead.read(unpacker.moveTo(before, 0));
    calendar(kind(oldHead)).remove(oldHead.wakeAtMillis, before);
    total(oldHead, -1);
    table.remove(hash, before, oldHead.idLength);
    dirty.put(hash, RecordHead.gone(before));
  }

  /// Takes in a record of a snapshot: nothing of it is dirty.
  void load(byte[] record) {
    newHead.read(unpacker.moveTo(record, 0));
    long hash = hash(record, newHead.idLength);
    enter(hash, record);
    total(newHead, 1);
    table.put(hash, record);
  }

  RecordTable swapDirty() {
    RecordTable taken = dirty;
    dirty = new RecordTable();
    return taken;
  }

  /// The same whatever the order in which the table holds the records.
  long contentHash() {
    long[] sum = new long[1];
    table.forEachInAnyOrder(record -> sum[0] += PackedId.hash(record, 0, record.length));
    return sum[0];
  }

  Ripe ripe(Kind kind, long nowMillis) {
    Calendar calendar = calendar(kind);
    calendar.open(nowMillis);
    return new Walk(calendar, nowMillis);
  }

  /// Enters the record of `newHead` into its calendar.
  private void enter(long hash, byte[] record) {
    calendar(kind(newHead)).add(newHead.wakeAtMillis, hash, record);
  }

  private void total(RecordHead head, int sign) {
    if (head.isPending()) {
      backlogs += sign;
      pendingEvents += sign * head.pendingEvents();
    }
  }

  private static Kind kind(RecordHead head) {
    if (head.isClaimed()) {
      return Kind.LEASE_END;
    }
    return head.isPending() ? Kind.DUE : Kind.MEMORY_END;
  }

  private void visitWakes(Kind kind, long hash, Consumer<Wake> visitor) {
    table.forEachAt(
        hash,
        record -> {
          RecordHead head = RecordHead.of(record);
          if (kind(head) == kind) {
            visitor.accept(Wake.of(head.wakeAtMillis, record));
          }
        });
  }

  /// Goes along a calendar's opened wakes up to now.
  private final class Walk implements Ripe {

    private final Calendar calendar;
    private final long nowMillis;
    private final Iterator<Wake> wakes;
    private @Nullable Wake ahead;

    Walk(Calendar calendar, long nowMillis) {
      this.calendar = calendar;
      this.nowMillis = nowMillis;
      wakes = calendar.opened().iterator();
      step();
    }

    @Override
    public @Nullable UserRecord next() {
      Wake wake = ahead;
      if (wake == null || wake.atMillis() > nowMillis) {
        return null;
      }
      step();
      byte[] id = PackedId.of(wake.user());
      byte[] record = table.find(hash(id, id.length), id, id.length);
      if (record == null) {
        throw new IllegalStateException("expected a record behind a ripe wake, but found none");
      }
      return RecordCodec.decode(record);
    }

    @Override
    public OptionalLong nextAtMillis() {
      return ahead == null ? calendar.nextShut() : OptionalLong.of(ahead.atMillis());
    }

    private void step() {
      ahead = wakes.hasNext() ? wakes.next() : null;
    }
  }
}
