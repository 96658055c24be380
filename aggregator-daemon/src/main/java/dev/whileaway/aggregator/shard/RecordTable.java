package dev.whileaway.aggregator.shard;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Packed records by user: an open-addressing map keyed by 64 bits of the id's hash, and beside it
/// a small sorted map for users whose hash another user holds already.
///
/// A slot costs a reference and a long. Nothing may depend on the order of [#forEach].
final class RecordTable {

  private final Long2ObjectOpenHashMap<byte[]> slots = new Long2ObjectOpenHashMap<>();
  private final TreeMap<byte[], byte[]> collided = new TreeMap<>(Arrays::compareUnsigned);

  int size() {
    return slots.size() + collided.size();
  }

  /// The record whose id is the first `idLength` bytes of `id`.
  byte @Nullable [] find(long hash, byte[] id, int idLength) {
    byte[] record = slots.get(hash);
    if (record != null && beginsWith(record, id, idLength)) {
      return record;
    }
    return collided.isEmpty() ? null : collided.get(Arrays.copyOf(id, idLength));
  }

  /// A byte of what stands behind a hash.
  int touch(long hash) {
    byte[] record = slots.get(hash);
    return record == null ? 0 : record[0];
  }

  /// One search, since nearly always the slot is free or the user's own.
  void put(long hash, byte[] record) {
    if (!collided.isEmpty() && collided.computeIfPresent(idOf(record), (_, _) -> record) != null) {
      return;
    }
    byte[] holder = slots.put(hash, record);
    if (holder != null && !beginsWith(holder, record, PackedId.length(record))) {
      slots.put(hash, holder);
      collided.put(idOf(record), record);
    }
  }

  private static byte[] idOf(byte[] record) {
    return Arrays.copyOf(record, PackedId.length(record));
  }

  void remove(long hash, byte[] id, int idLength) {
    byte[] holder = slots.get(hash);
    if (holder != null && beginsWith(holder, id, idLength)) {
      slots.remove(hash);
    } else {
      collided.remove(Arrays.copyOf(id, idLength));
    }
  }

  /// Visits every record that may stand behind a hash: one, unless hashes have collided.
  void forEachAt(long hash, Consumer<byte[]> visitor) {
    byte[] record = slots.get(hash);
    if (record != null) {
      visitor.accept(record);
    }
    if (!collided.isEmpty()) {
      collided.values().forEach(visitor);
    }
  }

  /// In an order that another replica does not share: for sums, and to be sorted.
  void forEachInAnyOrder(Consumer<byte[]> visitor) {
    slots.values().forEach(visitor);
    collided.values().forEach(visitor);
  }

  private static boolean beginsWith(byte[] record, byte[] id, int idLength) {
    return record.length >= idLength && Arrays.equals(record, 0, idLength, id, 0, idLength);
  }
}
