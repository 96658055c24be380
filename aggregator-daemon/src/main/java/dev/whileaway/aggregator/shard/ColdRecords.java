package dev.whileaway.aggregator.shard;

import java.nio.ByteBuffer;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// The shard's bulky or rarely read records, by key: profiles, tombstones and ledger entries.
///
/// A port: the adapter keeps what was written since the last snapshot in memory and the rest in
/// RocksDB, and writes both as one with the snapshot. Keys are compared as unsigned bytes. Called
/// by the shard's thread only.
///
/// Some records form a series: they lie at one key and a number of eight bytes behind it. One joins
/// or goes without a look at the others; to read them is a search. No other key begins with that of
/// a series, and no number is used twice in one.
public interface ColdRecords {

  /// The record at `key`, or null. The caller must not change the array.
  byte @Nullable [] get(byte[] key);

  /// Sets a record. Neither array may be changed afterwards.
  void put(byte[] key, byte[] value);

  /// Removes a record; one that is not there is no error.
  void delete(byte[] key);

  /// Adds a record to the series at `key`.
  void append(byte[] key, long number, byte[] value);

  /// Removes a record from the series at `key`; one that is not there is no error.
  void remove(byte[] key, long number);

  /// The records of the series at `key`, by ascending number; a copy.
  SortedMap<Long, byte[]> series(byte[] key);

  /// Where a record of the series at `key` lies; sorts by the number, which is not negative.
  static byte[] inSeries(byte[] key, long number) {
    return ByteBuffer.allocate(key.length + Long.BYTES).put(key).putLong(number).array();
  }
}
