package dev.whileaway.aggregator.raft;

import dev.whileaway.aggregator.shard.ShardMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/// Writes what changed since the last snapshot as one sorted file that RocksDB can ingest.
final class SnapshotFile {

  /// What goes into the file: the states frozen since the last snapshot, oldest first. There is
  /// more than one only if writing an earlier one failed.
  record Content(List<FrozenState> states) {
    Content {
      if (states.isEmpty()) {
        throw new IllegalArgumentException("expected at least one frozen state, but found none");
      }
    }

    FrozenState newest() {
      return states.getLast();
    }

    private void visitRecords(ShardMachine.Visitor visitor) {
      if (states.size() == 1) {
        newest().machine().forEach(visitor);
        return;
      }
      var merged = new TreeMap<byte[], byte @Nullable []>(Arrays::compareUnsigned);
      states.forEach(state -> state.machine().forEach(merged::put));
      merged.forEach(visitor);
    }

    private void visitCold(ShardMachine.Visitor visitor) {
      if (states.size() == 1) {
        newest().cold().forEach(visitor);
        return;
      }
      var merged = new TreeMap<byte[], byte @Nullable []>(Arrays::compareUnsigned);
      states.forEach(state -> state.cold().forEach(merged::put));
      merged.forEach(visitor);
    }
  }

  private SnapshotFile() {}

  /// Replaces what lies at `file`; on return it is on the disk.
  static void write(Path file, Options options, Content content) throws IOException {
    Files.deleteIfExists(file);
    try (var environment = new EnvOptions();
        var out = new SstFileWriter(environment, options)) {
      out.open(file.toString());
      out.put(ShardKeys.POINT, SnapshotPoint.encode(content.newest().at()));
      out.put(ShardKeys.HEADER, content.newest().machine().header());
      content.visitRecords((key, value) -> set(out, ShardKeys.in(ShardKeys.RECORD, key), value));
      content.visitCold((key, value) -> set(out, ShardKeys.in(ShardKeys.COLD, key), value));
      out.finish();
    } catch (RocksDBException e) {
      throw new IOException("cannot write " + file, e);
    } catch (FailedWrite e) {
      throw new IOException("cannot write " + file, e.getCause());
    }
  }

  private static void set(SstFileWriter out, byte[] key, byte @Nullable [] value) {
    try {
      if (value == null) {
        out.delete(key);
      } else {
        out.put(key, value);
      }
    } catch (RocksDBException e) {
      throw new FailedWrite(e);
    }
  }

  /// Carries the cause through a visitor.
  private static final class FailedWrite extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FailedWrite(RocksDBException cause) {
      super(cause);
    }
  }
}
