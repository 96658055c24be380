package dev.whileaway.aggregator.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/// A shard's RocksDB. It is only ever changed by [#ingest], one whole snapshot at a time, so that
/// what lies in it and the raft index that it reaches cannot disagree. It has no log of its own:
/// the raft log is that.
///
/// Reads and [#close] are guarded by the shard's lock; [#ingest] may run beside reads.
final class ShardDatabase implements AutoCloseable {

  private static final long READ_AHEAD_BYTES = 1L << 20;

  private final RocksSettings settings;
  private final Path cutFile;
  private final RocksDB db;
  private boolean closed;

  private ShardDatabase(RocksSettings settings, Path cutFile, RocksDB db) {
    this.settings = settings;
    this.cutFile = cutFile;
    this.db = db;
  }

  static ShardDatabase open(RocksSettings settings, Path folder) throws IOException {
    Path files = folder.resolve("db");
    Files.createDirectories(files);
    Path cutFile = folder.resolve("cut.sst");
    // Left by a crash between writing and ingesting: the raft log still has what is in it.
    Files.deleteIfExists(cutFile);
    try {
      return new ShardDatabase(
          settings, cutFile, RocksDB.open(settings.options(), files.toString()));
    } catch (RocksDBException e) {
      throw new BrokenShardException(folder, e);
    }
  }

  /// The raft entry that the last snapshot reaches; empty: there is none yet.
  Optional<TermIndex> point() {
    return Optional.ofNullable(get(ShardKeys.POINT)).map(SnapshotPoint::decode);
  }

  byte @Nullable [] get(byte[] key) {
    refuseIfClosed();
    try {
      return db.get(key);
    } catch (RocksDBException e) {
      throw new IllegalStateException("cannot read the shard's database", e);
    }
  }

  /// Visits, in key order, every key that begins with `prefix`.
  void scan(byte[] prefix, BiConsumer<byte[], byte[]> visitor) {
    try (var options = new ReadOptions()) {
      scan(prefix, options, at -> visitor.accept(at.key(), at.value()));
    }
  }

  /// Visits, in the order of their keys, the records of the machine. All of them are read once, at
  /// a start: they would push out of the cache what is read again.
  void forEachRecord(Consumer<byte[]> visitor) {
    try (var options = new ReadOptions().setFillCache(false).setReadaheadSize(READ_AHEAD_BYTES)) {
      scan(new byte[] {ShardKeys.RECORD}, options, at -> visitor.accept(at.value()));
    }
  }

  /// Without an upper bound the search would go on, beyond the last key that is wanted, through all
  /// that was removed there.
  private void scan(byte[] prefix, ReadOptions options, Consumer<RocksIterator> visitor) {
    refuseIfClosed();
    try (var end = new Slice(ShardKeys.behind(prefix));
        RocksIterator at = db.newIterator(options.setIterateUpperBound(end))) {
      for (at.seek(prefix); at.isValid(); at.next()) {
        visitor.accept(at);
      }
      at.status();
    } catch (RocksDBException e) {
      throw new IllegalStateException("cannot read the shard's database", e);
    }
  }

  /// Makes a snapshot durable: all of it, or, after a crash, nothing.
  void ingest(SnapshotFile.Content content) throws IOException {
    SnapshotFile.write(cutFile, settings.options(), content);
    try (var options = new IngestExternalFileOptions()) {
      // Links the file instead of copying it.
      options.setMoveFiles(true);
      db.ingestExternalFile(List.of(cutFile.toString()), options);
    } catch (RocksDBException e) {
      throw new IOException("cannot ingest " + cutFile, e);
    }
    Files.deleteIfExists(cutFile);
  }

  /// A closed database does not throw by itself: it crashes the process.
  private void refuseIfClosed() {
    if (closed) {
      throw new IllegalStateException("expected an open shard, but found it closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    db.close();
  }
}
