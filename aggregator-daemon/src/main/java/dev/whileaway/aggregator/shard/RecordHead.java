package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.ShardView.Phase;

/// The front of a packed record: what can be told without unpacking the rest.
///
/// ```
/// record  := id shape wakeAt lastSeq attempts kept [counted] baseSeq baseAt restLength rest event*
/// shape   := 1 byte: phase (2 bits), flags (2), has ids, has lease, has counted, has latecomers
/// rest    := [ids] [dueAt lease] [gave way] [latecomers] [told]
/// event   := watched<<18|type<<2|hasId<<1|urgent  seq-baseSeq  at-baseAt  window
///            expiresAfter  sender  data  [id hash]
/// ```
///
/// A remnant's flags are its own: TOLD, TO_RETRACT. What was told is there if the rest goes on.
///
/// All numbers are varints but the hashes. `wakeAt` is the one moment at which time moves the
/// record: its `dueAt` while it waits, the expiry of its lease, or the end of its memory. An append
/// rewrites the head and copies the rest as it is: events lie at the end for that reason, and say
/// their seq and time relative to the first of them.
final class RecordHead {

  static final int HAS_IDS = 1 << 4;
  static final int HAS_CLAIM = 1 << 5;
  static final int HAS_GAVE_WAY = 1 << 6;
  static final int HAS_LATE = 1 << 7;

  /// A remnant's flag: it remembers a push that its user has not seen to be told elsewhere.
  static final int TOLD = 1;

  /// A remnant's flag: a push waits to be taken back.
  static final int TO_RETRACT = 2;

  private static final int FLAGS = 3;
  private static final int GONE = 3;
  private static final int FLAGS_SHIFT = 2;
  private static final Phase[] PHASES = Phase.values();

  int idLength;
  int shape;
  long wakeAtMillis;
  long lastSeq;
  int attempts;
  int kept;
  long counted;
  long baseSeq;
  long baseAtMillis;
  int restStart;
  int restLength;

  /// Reads a record's head into this one; leaves `from` at the rest.
  RecordHead read(Unpacker from) {
    PackedId.skip(from);
    idLength = from.position();
    shape = from.get();
    wakeAtMillis = from.varint();
    lastSeq = from.varint();
    attempts = from.varint32();
    kept = from.varint32();
    counted = hasCounted() ? from.varint() : 0;
    baseSeq = from.varint();
    baseAtMillis = from.varint();
    restLength = from.varint32();
    restStart = from.position();
    return this;
  }

  /// The head of a record that begins now.
  void beginAfter(long seqFloor) {
    shape = 0;
    wakeAtMillis = 0;
    lastSeq = seqFloor;
    attempts = 0;
    kept = 0;
    counted = 0;
    restLength = 0;
  }

  /// What an event that joins does to the head: [UserRecord#appended], on the packed form.
  void append(KeptEvent event) {
    lastSeq = event.seq();
    if (isRemnant()) {
      shape &= ~(FLAGS << FLAGS_SHIFT);
    }
    if (kept == 0) {
      baseSeq = event.seq();
      baseAtMillis = event.atMillis();
    }
    if (!isClaimed()) {
      reschedule(event);
    }
    kept++;
  }

  private void reschedule(KeptEvent event) {
    if (kept == 0) {
      wakeAtMillis = event.dueAtMillis();
    } else if (event.urgent()) {
      wakeAtMillis = Math.min(wakeAtMillis, event.atMillis());
      shape &= ~(Schedule.PUSH_SENT << FLAGS_SHIFT);
      attempts = 0;
    }
  }

  static RecordHead of(byte[] record) {
    return new RecordHead().read(new Unpacker(record));
  }

  /// Writes all but the id.
  void writeTo(Packer to) {
    to.put(shape).varint(wakeAtMillis).varint(lastSeq).varint(attempts).varint(kept);
    if (hasCounted()) {
      to.varint(counted);
    }
    to.varint(baseSeq).varint(baseAtMillis).varint(restLength);
  }

  /// What a cut shows in place of a record that went: its id and nothing more.
  static byte[] gone(byte[] record) {
    int length = PackedId.length(record);
    return new Packer().raw(record, 0, length).put(GONE).toBytes();
  }

  static boolean isGone(byte[] record) {
    return (record[PackedId.length(record)] & 3) == GONE;
  }

  Phase phase() {
    return PHASES[shape & 3];
  }

  boolean isClaimed() {
    return has(HAS_CLAIM);
  }

  boolean isPending() {
    return kept > 0;
  }

  /// Nothing waits, and nobody holds it.
  boolean isRemnant() {
    return kept == 0 && !isClaimed();
  }

  boolean isTold() {
    return isRemnant() && flagBits() == TOLD;
  }

  boolean isToRetract() {
    return isRemnant() && flagBits() == TO_RETRACT;
  }

  long pendingEvents() {
    return kept + counted;
  }

  boolean has(int part) {
    return (shape & part) != 0;
  }

  int flagBits() {
    return shape >>> FLAGS_SHIFT & FLAGS;
  }

  static int shape(Phase phase, int flagBits) {
    return phase.ordinal() | flagBits << FLAGS_SHIFT;
  }

  private boolean hasCounted() {
    return (shape & (HAS_GAVE_WAY | HAS_LATE)) != 0;
  }
}
