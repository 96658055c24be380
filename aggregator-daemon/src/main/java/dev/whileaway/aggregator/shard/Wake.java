package dev.whileaway.aggregator.shard;

/// A moment at which time moves a user's record. Wakes are ordered by moment, then by user, so that
/// the order never tells in which order they were made.
record Wake(long atMillis, UserId user) implements Comparable<Wake> {

  static Wake of(long atMillis, byte[] record) {
    return new Wake(atMillis, new UserId(PackedId.read(new Unpacker(record))));
  }

  @Override
  public int compareTo(Wake other) {
    int byMoment = Long.compare(atMillis, other.atMillis);
    return byMoment != 0 ? byMoment : user.value().compareTo(other.user.value());
  }
}
