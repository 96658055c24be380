package dev.whileaway.aggregator.raft;

import dev.whileaway.aggregator.shard.ColdRecords;
import dev.whileaway.aggregator.shard.ShardMachine;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The cold records of a shard, as it sees them: what was written since the last snapshot over what
/// lies in the database.
///
/// Three depths: the active layer takes writes; frozen layers are being written as a snapshot (more
/// than one only if writing failed); the database has the rest. Guarded by the shard's lock.
final class ColdOverlay implements ColdRecords {

  /// Records by key; a null one hides what lies deeper.
  static final class Layer {
    private final TreeMap<byte[], byte @Nullable []> records =
        new TreeMap<>(Arrays::compareUnsigned);

    /// Visits the records by ascending key; a null record was removed.
    void forEach(ShardMachine.Visitor visitor) {
      records.forEach(visitor);
    }
  }

  private final ShardDatabase database;
  private Layer active = new Layer();

  /// Newest first.
  private final Deque<Layer> frozen = new ArrayDeque<>();

  ColdOverlay(ShardDatabase database) {
    this.database = database;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    if (active.records.containsKey(key)) {
      return active.records.get(key);
    }
    for (Layer layer : frozen) {
      if (layer.records.containsKey(key)) {
        return layer.records.get(key);
      }
    }
    return database.get(ShardKeys.in(ShardKeys.COLD, key));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    active.records.put(key, value);
  }

  @Override
  public void delete(byte[] key) {
    active.records.put(key, null);
  }

  @Override
  public void scan(byte[] prefix, BiConsumer<byte[], byte[]> visitor) {
    var young = overlaid(prefix);
    database.scan(
        ShardKeys.in(ShardKeys.COLD, prefix),
        (stored, value) -> {
          byte[] key = ShardKeys.bare(stored);
          visitBelow(young, key, visitor);
          if (!young.containsKey(key)) {
            visitor.accept(key, value);
          }
        });
    young.forEach((key, value) -> visitPresent(key, value, visitor));
  }

  /// A copy, so that the visitor may write.
  private TreeMap<byte[], byte @Nullable []> overlaid(byte[] prefix) {
    var young = new TreeMap<byte[], byte @Nullable []>(Arrays::compareUnsigned);
    frozen.descendingIterator().forEachRemaining(layer -> copy(layer, prefix, young));
    copy(active, prefix, young);
    return young;
  }

  private static void copy(Layer layer, byte[] prefix, TreeMap<byte[], byte @Nullable []> target) {
    for (Map.Entry<byte[], byte @Nullable []> each :
        layer.records.tailMap(prefix, true).entrySet()) {
      if (!ShardKeys.startsWith(each.getKey(), prefix)) {
        return;
      }
      target.put(each.getKey(), each.getValue());
    }
  }

  /// Visits, and takes out, the young records before `key`.
  private static void visitBelow(
      TreeMap<byte[], byte @Nullable []> young, byte[] key, BiConsumer<byte[], byte[]> visitor) {
    var below = young.headMap(key, false);
    below.forEach((each, value) -> visitPresent(each, value, visitor));
    below.clear();
  }

  private static void visitPresent(
      byte[] key, byte @Nullable [] value, BiConsumer<byte[], byte[]> visitor) {
    if (value != null) {
      visitor.accept(key, value);
    }
  }

  /// Takes what was written since the last call, in constant time. It stays visible until
  /// [#forget].
  Layer freeze() {
    Layer full = active;
    frozen.addFirst(full);
    active = new Layer();
    return full;
  }

  /// The database has what `layer` holds.
  void forget(Layer layer) {
    frozen.remove(layer);
  }
}
