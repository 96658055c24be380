package dev.whileaway.aggregator.log;

import dev.whileaway.aggregator.shard.ColdRecords;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Cold records that are kept in memory and nowhere else.
public final class MemoryColdRecords implements ColdRecords {

  private final TreeMap<byte[], byte[]> records = new TreeMap<>(Arrays::compareUnsigned);

  @Override
  public byte @Nullable [] get(byte[] key) {
    return records.get(key);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    records.put(key, value);
  }

  @Override
  public void delete(byte[] key) {
    records.remove(key);
  }

  @Override
  public void append(byte[] key, long number, byte[] value) {
    records.put(ColdRecords.inSeries(key, number), value);
  }

  @Override
  public void remove(byte[] key, long number) {
    records.remove(ColdRecords.inSeries(key, number));
  }

  @Override
  public SortedMap<Long, byte[]> series(byte[] key) {
    var found = new TreeMap<Long, byte[]>();
    scan(key, (full, value) -> found.put(ByteBuffer.wrap(full).getLong(key.length), value));
    return found;
  }

  /// Visits, in key order, the records whose keys begin with `prefix`.
  public void scan(byte[] prefix, BiConsumer<byte[], byte[]> visitor) {
    for (Map.Entry<byte[], byte[]> entry : records.tailMap(prefix).entrySet()) {
      if (!beginsWith(entry.getKey(), prefix)) {
        return;
      }
      visitor.accept(entry.getKey(), entry.getValue());
    }
  }

  private static boolean beginsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
