package dev.whileaway.aggregator.shard;

import java.util.ArrayList;
import java.util.Arrays;

/// What changed since the cut before: references to arrays that nobody will change again. Sorted
/// when it is read, which is the snapshot's own time and not the shard's.
record StateCut(byte[] header, RecordTable changed) implements ShardMachine.Cut {

  @Override
  public int size() {
    return changed.size();
  }

  @Override
  public void forEach(ShardMachine.Visitor visitor) {
    for (byte[] record : sorted()) {
      byte[] key = Arrays.copyOf(record, PackedId.length(record));
      visitor.accept(key, RecordHead.isGone(record) ? null : record);
    }
  }

  /// No packed id is the beginning of another, so records sort as their keys do.
  private byte[][] sorted() {
    var records = new ArrayList<byte[]>(changed.size());
    changed.forEachInAnyOrder(records::add);
    return UnsignedOrder.sorted(records.toArray(byte[][]::new));
  }
}
