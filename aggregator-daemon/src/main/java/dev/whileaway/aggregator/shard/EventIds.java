package dev.whileaway.aggregator.shard;

import it.unimi.dsi.fastutil.longs.LongArrayList;

/// The ids of events that a backlog does not keep any more, so that a repeated report is known.
///
/// An id is remembered for 24 hours after its event was told, cleared or dropped; the id of an
/// event that gave way is *pinned* for as long as it is counted. At most [#MAX] ids are remembered:
/// then the oldest are forgotten early, which is counted.
final class EventIds {

  static final int MAX = 1000;
  static final EventIds NONE = new EventIds(new long[0], new long[0]);

  private static final long PINNED = 0;

  private final long[] hashes;
  private final long[] forgetAtMillis;

  private EventIds(long[] hashes, long[] forgetAtMillis) {
    this.hashes = hashes;
    this.forgetAtMillis = forgetAtMillis;
  }

  /// What is remembered after new ids came, and how many had to be forgotten early.
  record Remembered(EventIds ids, int forgottenEarly) {}

  boolean isEmpty() {
    return hashes.length == 0;
  }

  int size() {
    return hashes.length;
  }

  boolean knows(long idHash, long nowMillis) {
    for (int i = 0; i < hashes.length; i++) {
      if (hashes[i] == idHash && holds(forgetAtMillis[i], nowMillis)) {
        return true;
      }
    }
    return false;
  }

  /// When the last id may be forgotten; meant for a record that has nothing else to keep.
  long lastForgetAtMillis() {
    long last = 0;
    for (long at : forgetAtMillis) {
      last = Math.max(last, at);
    }
    return last;
  }

  /// Remembers the ids of events that leave now.
  Remembered remember(Iterable<KeptEvent> events, long nowMillis) {
    return add(events, nowMillis + ShardLimits.EVENT_ID_MEMORY_MILLIS, nowMillis);
  }

  /// Remembers the id of an event that gives way, for as long as it is counted.
  Remembered pin(Iterable<KeptEvent> events, long nowMillis) {
    return add(events, PINNED, nowMillis);
  }

  /// What was only counted has left: the 24 hours of its ids begin.
  EventIds unpin(long nowMillis) {
    if (isEmpty()) {
      return this;
    }
    long[] times = forgetAtMillis.clone();
    for (int i = 0; i < times.length; i++) {
      if (times[i] == PINNED) {
        times[i] = nowMillis + ShardLimits.EVENT_ID_MEMORY_MILLIS;
      }
    }
    return new EventIds(hashes, times);
  }

  private Remembered add(Iterable<KeptEvent> events, long forgetAt, long nowMillis) {
    var allHashes = new LongArrayList();
    var allTimes = new LongArrayList();
    for (int i = 0; i < hashes.length; i++) {
      if (holds(forgetAtMillis[i], nowMillis)) {
        allHashes.add(hashes[i]);
        allTimes.add(forgetAtMillis[i]);
      }
    }
    for (KeptEvent event : events) {
      if (event.hasId()) {
        allHashes.add(event.idHash());
        allTimes.add(forgetAt);
      }
    }
    if (allHashes.isEmpty()) {
      return new Remembered(NONE, 0);
    }
    int over = Math.max(0, allHashes.size() - MAX);
    allHashes.removeElements(0, over);
    allTimes.removeElements(0, over);
    return new Remembered(new EventIds(allHashes.toLongArray(), allTimes.toLongArray()), over);
  }

  private static boolean holds(long forgetAtMillis, long nowMillis) {
    return forgetAtMillis == PINNED || nowMillis < forgetAtMillis;
  }

  void writeTo(Packer to) {
    long base = lastForgetAtMillis();
    to.varint(hashes.length).varint(base);
    for (int i = 0; i < hashes.length; i++) {
      to.fixed64(hashes[i]);
      to.varint(forgetAtMillis[i] == PINNED ? 0 : base - forgetAtMillis[i] + 1);
    }
  }

  static EventIds read(Unpacker from) {
    int count = from.varint32();
    long base = from.varint();
    long[] hashes = new long[count];
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      hashes[i] = from.fixed64();
      times[i] = time(base, from.varint());
    }
    return new EventIds(hashes, times);
  }

  /// Looks for an id in the packed form, without unpacking the rest.
  static boolean knows(Unpacker from, long idHash, long nowMillis) {
    int count = from.varint32();
    long base = from.varint();
    boolean known = false;
    for (int i = 0; i < count; i++) {
      boolean same = from.fixed64() == idHash;
      known |= holds(time(base, from.varint()), nowMillis) && same;
    }
    return known;
  }

  private static long time(long base, long packed) {
    return packed == 0 ? PINNED : base - packed + 1;
  }
}
