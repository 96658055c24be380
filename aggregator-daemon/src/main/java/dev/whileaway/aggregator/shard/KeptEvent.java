package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.LeasedBacklog.PendingEvent;
import dev.whileaway.internal.v1.EventNote;

/// An event that waits in a backlog.
///
/// @param idHash [#hashOf] its event id
/// @param windowMillis how long a backlog that it opens gathers
record KeptEvent(
    long seq,
    long atMillis,
    int type,
    String sender,
    String data,
    long idHash,
    long windowMillis,
    boolean urgent,
    long expiresAfterMillis,
    boolean watched) {

  private static final int URGENT = 1;
  private static final int HAS_ID = 1 << 1;
  private static final int TYPE_SHIFT = 2;
  private static final int TYPE_MAX = 0xFFFF;

  /// Above the type: an event that nobody watches costs no bit of it.
  private static final int WATCHED = 1 << 18;

  /// What stands for "no event id" among the hashes.
  static final long NO_ID = 0;

  static KeptEvent of(NewEvent event, long seq, long nowMillis) {
    return new KeptEvent(
        seq,
        nowMillis,
        event.type(),
        event.sender(),
        event.data(),
        hashOf(event.eventId()),
        event.windowMillis(),
        event.urgent(),
        event.expiresAfterMillis(),
        event.watched());
  }

  /// The 64 bits that are remembered of an event id. Two ids of one user that share them would be
  /// taken for one: among a thousand ids, a chance of one in 10^13.
  static long hashOf(String eventId) {
    if (eventId.isEmpty()) {
      return NO_ID;
    }
    long hash = eventId.length();
    for (int i = 0; i < eventId.length(); i++) {
      hash = PackedId.mix(hash * 0x9E3779B97F4A7C15L + eventId.charAt(i));
    }
    return hash == NO_ID ? 1 : hash;
  }

  boolean hasId() {
    return idHash != NO_ID;
  }

  /// When a backlog that this event opens is due.
  long dueAtMillis() {
    return urgent ? atMillis : plus(atMillis, windowMillis);
  }

  /// From when on it is too old to tell.
  long expiresAtMillis() {
    return plus(atMillis, expiresAfterMillis);
  }

  long senderHash() {
    return hashOf(sender);
  }

  PendingEvent toPending() {
    return new PendingEvent(seq, type, sender, data, atMillis, watched);
  }

  EventNote toNote() {
    return EventNote.newBuilder()
        .setSeq(seq)
        .setType(type)
        .setSender(sender)
        .setAtMillis(atMillis)
        .setWatched(watched)
        .build();
  }

  /// A moment and a span that together may lie beyond the end of time.
  static long plus(long atMillis, long spanMillis) {
    long sum = atMillis + spanMillis;
    return sum < atMillis ? Long.MAX_VALUE : sum;
  }

  void writeTo(Packer to, long baseSeq, long baseAtMillis) {
    write(to, this.seq - baseSeq, this.atMillis - baseAtMillis, this);
  }

  static void write(Packer to, long seqDelta, long atDelta, KeptEvent event) {
    to.varint(event.head());
    to.varint(seqDelta).varint(atDelta).span(event.windowMillis).span(event.expiresAfterMillis);
    PackedId.write(to, event.sender);
    to.text(event.data);
    if (event.hasId()) {
      to.fixed64(event.idHash);
    }
  }

  private int head() {
    return type << TYPE_SHIFT
        | (hasId() ? HAS_ID : 0)
        | (urgent ? URGENT : 0)
        | (watched ? WATCHED : 0);
  }

  private static int typeOf(int head) {
    return head >>> TYPE_SHIFT & TYPE_MAX;
  }

  static KeptEvent read(Unpacker from, long baseSeq, long baseAtMillis) {
    int head = from.varint32();
    long seq = baseSeq + from.varint();
    long atMillis = baseAtMillis + from.varint();
    long windowMillis = from.span();
    long expiresAfterMillis = from.span();
    String sender = PackedId.read(from);
    String data = from.text();
    long idHash = (head & HAS_ID) == 0 ? NO_ID : from.fixed64();
    return new KeptEvent(
        seq,
        atMillis,
        typeOf(head),
        sender,
        data,
        idHash,
        windowMillis,
        (head & URGENT) != 0,
        expiresAfterMillis,
        (head & WATCHED) != 0);
  }

  /// Copies one event, which ends at `end`, relative to a later first one.
  static void rebase(Unpacker from, int end, Packer to, long seqShift, long atShift) {
    to.varint(from.varint()).varint(from.varint() - seqShift).varint(from.varint() - atShift);
    to.raw(from.bytes(), from.position(), end - from.position());
  }

  /// Passes over one event; returns its type.
  static int skipType(Unpacker from) {
    int at = from.position();
    int head = from.varint32();
    var _ = skip(from.moveTo(from.bytes(), at));
    return typeOf(head);
  }

  /// Passes over one event; returns the hash of its id.
  static long skip(Unpacker from) {
    int head = from.varint32();
    from.varint();
    from.varint();
    from.varint();
    from.varint();
    PackedId.skip(from);
    from.skip(from.varint32());
    return (head & HAS_ID) == 0 ? NO_ID : from.fixed64();
  }
}
