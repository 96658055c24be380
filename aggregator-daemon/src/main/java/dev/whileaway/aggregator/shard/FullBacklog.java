package dev.whileaway.aggregator.shard;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import java.util.List;

/// Adds an event to a full backlog on its packed form: what [OverflowDecider] does, without
/// unpacking up to 200 events to make a number of one. Whoever gets by far the most events has such
/// a backlog. A test holds the two against each other byte for byte.
final class FullBacklog {

  private final ShardState state;
  private final Unpacker from = new Unpacker(new byte[0]);
  private final Packer rest = new Packer();
  private final Int2IntOpenHashMap counts = new Int2IntOpenHashMap();

  /// Where the events begin, and behind the last of them.
  private int[] starts = new int[0];

  private int[] types = new int[0];

  FullBacklog(ShardState state) {
    this.state = state;
  }

  /// Whether one event gives way, as others have before, and no lease is to be minded.
  boolean takes(RecordHead head) {
    return head.kept == state.limits().eventsPerBacklog()
        && head.has(RecordHead.HAS_GAVE_WAY)
        && !head.has(RecordHead.HAS_LATE)
        && !head.isClaimed();
  }

  /// @param head of `before`; it becomes that of what is returned
  byte[] append(byte[] before, RecordHead head, KeptEvent added) {
    index(before, head);
    int victim = oldestOfFullestType(head.kept, added.type());
    KeptEvent gone = event(before, head, victim);
    giveWay(before, head, gone);
    // With room for one only, the new event becomes the first.
    KeptEvent second = head.kept == 1 ? added : event(before, head, 1);
    KeptEvent first = victim == 0 ? second : event(before, head, 0);
    long seqShift = first.seq() - head.baseSeq;
    long atShift = first.atMillis() - head.baseAtMillis;
    int kept = head.kept;
    head.append(added);
    head.kept = kept;
    head.counted++;
    head.baseSeq = first.seq();
    head.baseAtMillis = first.atMillis();
    head.restLength = rest.size();
    Packer to = state.packer().clear().raw(before, 0, head.idLength);
    head.writeTo(to);
    to.raw(rest.buffer(), 0, rest.size());
    for (int i = 0; i < kept; i++) {
      if (i != victim) {
        from.moveTo(before, starts[i]);
        KeptEvent.rebase(from, starts[i + 1], to, seqShift, atShift);
      }
    }
    added.writeTo(to, head.baseSeq, head.baseAtMillis);
    return to.toBytes();
  }

  private KeptEvent event(byte[] record, RecordHead head, int number) {
    return KeptEvent.read(from.moveTo(record, starts[number]), head.baseSeq, head.baseAtMillis);
  }

  private void index(byte[] record, RecordHead head) {
    if (types.length < head.kept) {
      types = new int[head.kept];
      starts = new int[head.kept + 1];
    }
    from.moveTo(record, head.restStart + head.restLength);
    for (int i = 0; i < head.kept; i++) {
      starts[i] = from.position();
      types[i] = KeptEvent.skipType(from);
    }
    starts[head.kept] = from.position();
  }

  /// The event that joins counts too, but never gives way: an older one has its type, or a type
  /// that is as full.
  private int oldestOfFullestType(int kept, int addedType) {
    counts.clear();
    int most = counts.addTo(addedType, 1) + 1;
    for (int i = 0; i < kept; i++) {
      most = Math.max(most, counts.addTo(types[i], 1) + 1);
    }
    int oldest = 0;
    while (counts.get(types[oldest]) != most) {
      oldest++;
    }
    return oldest;
  }

  /// Leaves in [#rest] what is remembered of those that gave way.
  private void giveWay(byte[] record, RecordHead head, KeptEvent gone) {
    from.moveTo(record, head.restStart);
    var ids = head.has(RecordHead.HAS_IDS) ? EventIds.read(from) : EventIds.NONE;
    Tally gaveWay = Tally.read(from);
    state.count(Counter.GAVE_WAY, 1);
    state.count(Counter.SENDER_NOT_COUNTED, gaveWay.isFullFor(gone) ? 1 : 0);
    rest.clear();
    if (gone.hasId()) {
      var remembered = ids.pin(List.of(gone), state.nowMillis());
      state.count(Counter.EVENT_ID_FORGOTTEN, remembered.forgottenEarly());
      ids = remembered.ids();
      head.shape |= RecordHead.HAS_IDS;
    }
    if (!ids.isEmpty()) {
      ids.writeTo(rest);
    }
    gaveWay.plus(gone).writeTo(rest);
    rest.raw(record, from.position(), head.restStart + head.restLength - from.position());
  }
}
