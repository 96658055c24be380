package dev.whileaway.aggregator.raft;

import com.google.common.collect.Iterables;
import com.google.common.hash.Hashing;
import dev.whileaway.aggregator.shard.ColdRecords;
import dev.whileaway.aggregator.shard.ShardMachine;
import dev.whileaway.aggregator.shard.UnsignedOrder;
import it.unimi.dsi.fastutil.Hash;
import it.unimi.dsi.fastutil.objects.Object2ObjectOpenCustomHashMap;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The cold records of a shard, as it sees them: what was written since the last snapshot over what
/// lies in the database.
///
/// Three depths: the active layer takes writes; frozen layers are being written as a snapshot (more
/// than one only if writing failed); the database has the rest. Guarded by the shard's lock.
final class ColdOverlay implements ColdRecords {

  /// Records by key; a null one hides what lies deeper.
  static final class Layer {
    private final Map<byte[], byte @Nullable []> records =
        new Object2ObjectOpenCustomHashMap<>(new KeyHash());
    private final Map<byte[], Link> series = new Object2ObjectOpenCustomHashMap<>(new KeyHash());

    private void append(byte[] key, long number, byte @Nullable [] value) {
      series.put(key, new Link(number, value, series.get(key)));
    }

    /// What this layer has is taken out of it, since nothing deeper has the number; for the rest
    /// the removal is noted.
    private void remove(byte[] key, long number) {
      Link newer = null;
      Link at = series.get(key);
      while (at != null && at.number != number) {
        newer = at;
        at = at.older;
      }
      if (at == null) {
        append(key, number, null);
      } else if (at.value != null) {
        takeOut(key, at, newer);
      }
    }

    private void takeOut(byte[] key, Link link, @Nullable Link newer) {
      if (newer != null) {
        newer.older = link.older;
      } else if (link.older != null) {
        series.put(key, link.older);
      } else {
        series.remove(key);
      }
    }

    /// Visits the records by ascending key; a null record was removed. Sorts them first: that is
    /// the snapshot's own time and not the shard's.
    void forEach(ShardMachine.Visitor visitor) {
      var keys = Stream.concat(records.keySet().stream(), series.keySet().stream());
      for (byte[] key : UnsignedOrder.sorted(keys.toArray(byte[][]::new))) {
        Link newest = series.get(key);
        if (newest == null) {
          visitor.accept(key, records.get(key));
        } else {
          newest
              .all()
              .forEach((number, value) -> visitor.accept(ColdRecords.inSeries(key, number), value));
        }
      }
    }
  }

  /// What was done to a series, the newest first.
  private static final class Link {

    private final long number;
    private final byte @Nullable [] value;
    private @Nullable Link older;

    Link(long number, byte @Nullable [] value, @Nullable Link older) {
      this.number = number;
      this.value = value;
      this.older = older;
    }

    /// Adds what `known` does not have: what is there is newer.
    void addTo(Map<Long, byte @Nullable []> known) {
      for (Link at = this; at != null; at = at.older) {
        if (!known.containsKey(at.number)) {
          known.put(at.number, at.value);
        }
      }
    }

    SortedMap<Long, byte @Nullable []> all() {
      var all = new TreeMap<Long, byte @Nullable []>();
      addTo(all);
      return all;
    }
  }

  /// Keys differ in few bytes, in a narrow range: the library's own hash, which is that of
  /// [Arrays#hashCode(byte[])], would give a handful of them the same value.
  private static final class KeyHash implements Hash.Strategy<byte[]> {

    @Override
    public int hashCode(byte[] key) {
      return Hashing.farmHashFingerprint64().hashBytes(key).asInt();
    }

    @Override
    public boolean equals(byte @Nullable [] key, byte @Nullable [] other) {
      return Arrays.equals(key, other);
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
    byte @Nullable [] found = active.records.get(key);
    if (found != null || active.records.containsKey(key)) {
      return found;
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
  public void append(byte[] key, long number, byte[] value) {
    active.append(key, number, value);
  }

  @Override
  public void remove(byte[] key, long number) {
    active.remove(key, number);
  }

  @Override
  public SortedMap<Long, byte[]> series(byte[] key) {
    var found = new TreeMap<Long, byte @Nullable []>();
    for (Layer layer : Iterables.concat(List.of(active), frozen)) {
      Link newest = layer.series.get(key);
      if (newest != null) {
        newest.addTo(found);
      }
    }
    byte[] prefix = ShardKeys.in(ShardKeys.COLD, key);
    database.scan(
        prefix,
        (full, value) -> {
          long number = ByteBuffer.wrap(full).getLong(prefix.length);
          if (!found.containsKey(number)) {
            found.put(number, value);
          }
        });
    var present = new TreeMap<Long, byte[]>();
    found.forEach((number, value) -> {
      if (value != null) {
        present.put(number, value);
      }
    });
    return present;
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
