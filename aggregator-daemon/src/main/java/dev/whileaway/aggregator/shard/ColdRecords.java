package dev.whileaway.aggregator.shard;

import org.jspecify.annotations.Nullable;

/// The shard's bulky or rarely read records, by key: profiles, tombstones and ledger entries.
///
/// A port: the adapter keeps what was written since the last snapshot in memory and the rest in
/// RocksDB, and writes both as one with the snapshot. Keys are compared as unsigned bytes. Called
/// by the shard's thread only.
public interface ColdRecords {

  /// The record at `key`, or null. The caller must not change the array.
  byte @Nullable [] get(byte[] key);

  /// Sets a record. Neither array may be changed afterwards.
  void put(byte[] key, byte[] value);

  /// Removes a record; one that is not there is no error.
  void delete(byte[] key);
}
