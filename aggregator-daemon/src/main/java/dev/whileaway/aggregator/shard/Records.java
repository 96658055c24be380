package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.StateView.Ripe;
import dev.whileaway.v1.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All users' packed records, with what is derived from them: the calendars, the totals, and the
/// records that changed since the last cut.
final class Records {

  /// Why time will move a record.
  enum Kind {
    /// It waits for its push.
    PUSH_DUE,
    /// It waits for its e-mail: the push was sent. Apart from the others, so that a pull for pushes
    /// need not pass a million backlogs that wait for a mail server.
    EMAIL_DUE,
    /// It is leased.
    LEASE_END,
    /// It is a remnant.
    MEMORY_END,
    /// It is a remnant whose push waits to be taken back.
    RETRACT_DUE;

    private static final List<Kind> ANY_DUE = List.of(PUSH_DUE, EMAIL_DUE);

    /// Those of backlogs whose next step is one of these channels; empty: any.
    static List<Kind> due(Set<Channel> channels) {
      boolean push = channels.contains(Channel.CHANNEL_PUSH);
      boolean email = channels.contains(Channel.CHANNEL_EMAIL);
      return push == email ? ANY_DUE : List.of(push ? PUSH_DUE : EMAIL_DUE);
    }
  }

  private final IdHash idHash;
  private final RecordTable table = new RecordTable();
  private final Calendar[] calendars = new Calendar[Kind.values().length];
  private final RecordHead oldHead = new RecordHead();
  private final RecordHead newHead = new RecordHead();
  private final Unpacker unpacker = new Unpacker(new byte[0]);
  private RecordTable dirty = new RecordTable();
  private int touched;
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

  /// Brings what lies behind the first `count` hashes near to the processor; changes nothing.
  void touch(long[] hashes, int count) {
    for (int i = 0; i < count; i++) {
      touched += table.touch(hashes[i]) + dirty.touch(hashes[i]);
    }
  }

  /// When the earliest record of these kinds wakes; empty: there is none.
  OptionalLong next(List<Kind> kinds) {
    OptionalLong next = OptionalLong.empty();
    for (Kind kind : kinds) {
      next = Readings.earlier(next, calendar(kind).next());
    }
    return next;
  }

  private Calendar calendar(Kind kind) {
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

  /// Records of these kinds that are ripe by now, earliest first.
  Ripe ripe(List<Kind> kinds, long nowMillis) {
    List<RipeWakes> lanes = new ArrayList<>();
    for (Kind kind : kinds) {
      calendar(kind).open(nowMillis);
      lanes.add(new RipeWakes(calendar(kind)));
    }
    return new Walk(lanes, nowMillis);
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
    if (!head.isPending()) {
      return head.isToRetract() ? Kind.RETRACT_DUE : Kind.MEMORY_END;
    }
    return (head.flagBits() & Schedule.PUSH_SENT) == 0 ? Kind.PUSH_DUE : Kind.EMAIL_DUE;
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

  /// Goes along the opened wakes of some calendars, up to now.
  private final class Walk implements Ripe {

    private final List<RipeWakes> lanes;
    private final long nowMillis;

    Walk(List<RipeWakes> lanes, long nowMillis) {
      this.lanes = lanes;
      this.nowMillis = nowMillis;
    }

    @Override
    public @Nullable UserRecord next() {
      RipeWakes first = RipeWakes.first(lanes);
      Wake wake = first == null ? null : first.ahead();
      if (first == null || wake == null || wake.atMillis() > nowMillis) {
        return null;
      }
      first.step();
      byte[] id = PackedId.of(wake.user());
      byte[] record = table.find(hash(id, id.length), id, id.length);
      if (record == null) {
        throw new IllegalStateException("expected a record behind a ripe wake, but found none");
      }
      return RecordCodec.decode(record);
    }

    @Override
    public OptionalLong nextAtMillis() {
      OptionalLong next = OptionalLong.empty();
      for (RipeWakes lane : lanes) {
        next = Readings.earlier(next, lane.nextAtMillis());
      }
      return next;
    }
  }
}
