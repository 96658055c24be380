package dev.whileaway.aggregator.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/// What all shard databases of a node share: one block cache, and the options of RocksDB.
final class RocksSettings implements AutoCloseable {

  static {
    loadLibrary();
  }

  /// Data, index and filter blocks of all shards together; taken as they are read. With 48 MB, the
  /// blocks that say where a user's ledger lies pushed each other out from a million users on, and
  /// each clear and confirm read and unpacked them anew: a third of the digests a second.
  private static final long CACHE_BYTES = 192L << 20;

  /// Nothing is written by way of a memtable, so it need not be large.
  private static final long MEMTABLE_BYTES = 64L << 10;

  /// Open files of one shard.
  private static final int OPEN_FILES_MAX = 128;

  private static final int BLOOM_BITS_A_KEY = 10;

  private final Cache cache = new LRUCache(CACHE_BYTES);
  private final BloomFilter bloom = new BloomFilter(BLOOM_BITS_A_KEY);
  private final Options options =
      new Options()
          .setCreateIfMissing(true)
          .setWriteBufferSize(MEMTABLE_BYTES)
          .setMaxOpenFiles(OPEN_FILES_MAX)
          .setMaxFileOpeningThreads(1)
          .setCompressionType(CompressionType.LZ4_COMPRESSION)
          .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
          .setKeepLogFileNum(1)
          // 0: never. The default writes figures every ten minutes from a thread of its own.
          .setStatsDumpPeriodSec(0)
          .setStatsPersistPeriodSec(0)
          .setTableFormatConfig(
              new BlockBasedTableConfig()
                  .setBlockCache(cache)
                  .setCacheIndexAndFilterBlocks(true)
                  .setCacheIndexAndFilterBlocksWithHighPriority(true)
                  .setPinL0FilterAndIndexBlocksInCache(true)
                  .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
                  .setFilterPolicy(bloom));

  /// By itself RocksDB would leave 17 MB in the temporary folder whenever the process is killed. A
  /// library that is loaded needs its name no more.
  private static void loadLibrary() {
    try {
      Path folder = Files.createTempDirectory("whileaway-rocksdb-");
      try {
        NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
      } finally {
        // Rocks chooses the file's name.
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
          for (Path file : files) {
            Files.delete(file);
          }
        }
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack RocksDB's library", e);
    }
    RocksDB.loadLibrary();
  }

  Options options() {
    return options;
  }

  @Override
  public void close() {
    options.close();
    bloom.close();
    cache.close();
  }
}
