package dev.whileaway.aggregator.shard;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// The cold records, with a hash of everything that was ever written to them: replicas that wrote
/// the same have the same, without reading it all again.
final class ColdStore {

  private final ColdRecords records;
  private long historyHash;

  ColdStore(ColdRecords records) {
    this.records = records;
  }

  byte @Nullable [] get(byte[] key) {
    return records.get(key);
  }

  void put(byte[] key, byte[] value) {
    mix(key);
    mix(value);
    records.put(key, value);
  }

  void delete(byte[] key) {
    mix(key);
    historyHash = PackedId.mix(historyHash + 1);
    records.delete(key);
  }

  void append(byte[] key, long number, byte[] value) {
    mix(key);
    historyHash = PackedId.mix(historyHash + number);
    mix(value);
    records.append(key, number, value);
  }

  void remove(byte[] key, long number) {
    mix(key);
    historyHash = PackedId.mix(historyHash - number);
    records.remove(key, number);
  }

  SortedMap<Long, byte[]> series(byte[] key) {
    return records.series(key);
  }

  long historyHash() {
    return historyHash;
  }

  void historyHash(long loaded) {
    historyHash = loaded;
  }

  private void mix(byte[] bytes) {
    historyHash = PackedId.mix(historyHash * 31 + PackedId.hash(bytes, 0, bytes.length));
  }

  /// `space`, the user's packed id, then whatever tells records of one user apart.
  static Packer key(char space, UserId user) {
    var key = new Packer().put(space);
    PackedId.write(key, user.value());
    return key;
  }
}
