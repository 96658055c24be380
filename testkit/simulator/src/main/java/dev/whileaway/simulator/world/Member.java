package dev.whileaway.simulator.world;

import dev.whileaway.aggregator.log.CommandCodec.Batch;
import dev.whileaway.aggregator.log.MemoryColdRecords;
import dev.whileaway.aggregator.shard.Counter;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardLimits;
import dev.whileaway.aggregator.shard.ShardMachine;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.ShardView;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One node's replica of a shard: what it has in memory, which a crash takes, and its last
/// snapshot, which stays.
final class Member {

  private static final byte[] EVERYTHING = {};

  private final ShardLimits limits;
  private final Seams seams;
  private final long skewMillis;
  private ShardMachine machine;
  private MemoryColdRecords cold;
  private int applied;

  /// The snapshot.
  private byte[] header = {};

  private final TreeMap<byte[], byte[]> records = new TreeMap<>(Arrays::compareUnsigned);
  private MemoryColdRecords coldSnapshot = new MemoryColdRecords();
  private int snapshotEntries;

  Member(ShardLimits limits, Seams seams, long skewMillis) {
    this.limits = limits;
    this.seams = seams;
    this.skewMillis = skewMillis;
    cold = new MemoryColdRecords();
    machine = new ShardMachine(limits, cold);
  }

  /// Hears of each command that is applied.
  interface Witness {
    void applied(ShardCommand command, ShardReply reply, long gaveWayBefore);
  }

  /// Applies the next entry of the log.
  List<ShardReply> apply(Batch batch, Witness witness) {
    applied++;
    return batch.commands().stream()
        .map(command -> apply(command, batch.stampedAtMillis(), witness))
        .toList();
  }

  private ShardReply apply(ShardCommand command, long stampedAtMillis, Witness witness) {
    long gaveWay = machine.view().counters().of(Counter.GAVE_WAY);
    ShardReply reply = seams.apply(machine, command, stampedAtMillis);
    witness.applied(command, reply, gaveWay);
    return reply;
  }

  /// What changed since the last snapshot joins it.
  void snapshot() {
    ShardMachine.Cut cut = machine.cut();
    header = cut.header();
    cut.forEach((key, record) -> {
      if (record == null) {
        records.remove(key);
      } else {
        records.put(key, record);
      }
    });
    coldSnapshot = copy(cold);
    snapshotEntries = applied;
  }

  /// Begins anew from the snapshot; the rest of the log is to be applied.
  void restart() {
    cold = copy(coldSnapshot);
    machine = new ShardMachine(limits, cold);
    if (header.length > 0) {
      machine.loadHeader(header);
      records.values().forEach(machine::loadRecord);
    }
    applied = seams.replayFrom(snapshotEntries);
  }

  private static MemoryColdRecords copy(MemoryColdRecords from) {
    var to = new MemoryColdRecords();
    from.scan(EVERYTHING, to::put);
    return to;
  }

  /// Every byte that a snapshot of now would hold.
  List<String> bytes() {
    snapshot();
    var all = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
    records.forEach((key, value) -> all.put(prefixed('R', key), value));
    cold.scan(EVERYTHING, (key, value) -> all.put(prefixed('C', key), value));
    all.put(prefixed('H', EVERYTHING), header);
    return all.entrySet().stream()
        .map(entry -> Arrays.toString(entry.getKey()) + Arrays.toString(entry.getValue()))
        .collect(Collectors.toList());
  }

  private static byte[] prefixed(char space, byte[] key) {
    byte[] prefixed = new byte[key.length + 1];
    prefixed[0] = (byte) space;
    System.arraycopy(key, 0, prefixed, 1, key.length);
    return prefixed;
  }

  int applied() {
    return applied;
  }

  long stateHash() {
    return machine.stateHash();
  }

  ShardView view() {
    return machine.view();
  }

  long skewMillis() {
    return skewMillis;
  }
}
