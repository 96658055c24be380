package dev.whileaway.aggregator.shard;

/// Hashes packed ids: [PackedId#hash], but in tests of colliding ids.
@FunctionalInterface
interface IdHash {

  long hash(byte[] bytes, int start, int length);
}
