package dev.whileaway.aggregator.shard;

import java.util.Arrays;
import java.util.stream.LongStream;

/// Events of one type that gave way: counted, no longer kept.
///
/// @param events how many
/// @param lastSeq the newest of them
/// @param expiresAtMillis when the last of them is too old to tell
/// @param senders hashes of their senders, ascending; at most [ShardLimits#COUNTED_SENDERS_MAX]
record TypeTally(int type, long events, long lastSeq, long expiresAtMillis, long[] senders) {

  static TypeTally of(KeptEvent event) {
    return new TypeTally(
        event.type(), 1, event.seq(), event.expiresAtMillis(), new long[] {event.senderHash()});
  }

  TypeTally plus(TypeTally other) {
    return new TypeTally(
        type,
        events + other.events,
        Math.max(lastSeq, other.lastSeq),
        Math.max(expiresAtMillis, other.expiresAtMillis),
        union(senders, other.senders));
  }

  /// Whether some of them may be of this sender.
  boolean mayHave(long senderHash) {
    return isFullFor(senderHash) || Arrays.binarySearch(senders, senderHash) >= 0;
  }

  /// Whether one more sender could not be remembered.
  boolean isFullFor(long senderHash) {
    return senders.length >= ShardLimits.COUNTED_SENDERS_MAX
        && Arrays.binarySearch(senders, senderHash) < 0;
  }

  private static long[] union(long[] left, long[] right) {
    if (right.length == 1) {
      return with(left, right[0]);
    }
    return LongStream.concat(Arrays.stream(left), Arrays.stream(right))
        .distinct()
        .limit(ShardLimits.COUNTED_SENDERS_MAX)
        .sorted()
        .toArray();
  }

  private static long[] with(long[] senders, long sender) {
    int at = Arrays.binarySearch(senders, sender);
    if (at >= 0 || senders.length >= ShardLimits.COUNTED_SENDERS_MAX) {
      return senders;
    }
    long[] more = Arrays.copyOf(senders, senders.length + 1);
    int place = -at - 1;
    System.arraycopy(senders, place, more, place + 1, senders.length - place);
    more[place] = sender;
    return more;
  }

  void writeTo(Packer to) {
    to.varint(type).varint(events).varint(lastSeq).varint(expiresAtMillis).varint(senders.length);
    for (long sender : senders) {
      to.fixed64(sender);
    }
  }

  static TypeTally read(Unpacker from) {
    int type = from.varint32();
    long events = from.varint();
    long lastSeq = from.varint();
    long expiresAtMillis = from.varint();
    long[] senders = new long[from.varint32()];
    for (int i = 0; i < senders.length; i++) {
      senders[i] = from.fixed64();
    }
    return new TypeTally(type, events, lastSeq, expiresAtMillis, senders);
  }
}
