package dev.whileaway.aggregator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.whileaway.aggregator.log.CommandCodec;
import dev.whileaway.aggregator.log.CommandCodec.Batch;
import dev.whileaway.aggregator.log.MemoryColdRecords;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A shard as a replica has it: fed with log entries, asked for its bytes.
final class Replica {

  final MemoryColdRecords cold = new MemoryColdRecords();
  final ShardMachine machine;
  private final TreeMap<byte[], byte[]> stored = new TreeMap<>(Arrays::compareUnsigned);
  private byte[] header = new byte[0];

  Replica(ShardLimits limits) {
    machine = new ShardMachine(limits, cold);
  }

  List<ShardReply> apply(ByteString entry) {
    Batch batch = CommandCodec.decode(entry);
    var replies =
        batch.commands().stream()
            .map(command -> machine.apply(command, batch.stampedAtMillis()))
            .toList();
    ShardInvariants.check(machine.view());
    return replies;
  }

  /// Takes a snapshot: what changed joins what is stored.
  Replica snapshot() {
    ShardMachine.Cut cut = machine.cut();
    header = cut.header();
    byte[][] last = {new byte[0]};
    cut.forEach((key, record) -> {
      assertThat(Arrays.compareUnsigned(last[0], key)).as("ascending keys").isNegative();
      last[0] = key;
      if (record == null) {
        stored.remove(key);
      } else {
        stored.put(key, record);
      }
    });
    return this;
  }

  /// A user's record as the last snapshot has it.
  Optional<byte[]> record(UserId user) {
    return Optional.ofNullable(stored.get(PackedId.of(user)));
  }

  /// Another replica that begins from this one's last snapshot.
  Replica restored(ShardLimits limits) {
    var other = new Replica(limits);
    cold.scan(new byte[0], other.cold::put);
    other.machine.loadHeader(header);
    stored.values().forEach(other.machine::loadRecord);
    other.stored.putAll(stored);
    return other;
  }

  /// Header, every record and every cold record, byte for byte.
  Map<String, String> bytes() {
    snapshot();
    var all = new TreeMap<String, String>();
    all.put("header", hex(header));
    stored.forEach((key, record) -> all.put("record " + hex(key), hex(record)));
    cold.scan(new byte[0], (key, record) -> all.put("cold " + hex(key), hex(record)));
    return all;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
