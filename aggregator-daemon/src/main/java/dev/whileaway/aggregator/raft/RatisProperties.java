package dev.whileaway.aggregator.raft;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/// How Ratis is run. Most defaults of Ratis are meant for a few groups on a large server; here
/// there are many small groups in one process.
///
/// Never set: `async-flush` (its acknowledgement may cover entries that were not forced, and it
/// ignores a failed force) and `unsafe-flush` (acknowledges before the fsync, by design).
final class RatisProperties {

  /// The largest entry of the log. A report of 1,000 events of 4 KB must fit.
  static final int ENTRY_BYTES_MAX = 6 * 1024 * 1024;

  /// Ratis frames an entry with its length and a checksum, and refuses to start with less.
  private static final int FRAME_BYTES = 8;

  private static final String LOOPBACK = "127.0.0.1";

  private RatisProperties() {}

  static RaftProperties of(StoreFolder folder) {
    var properties = new RaftProperties();
    storage(properties, folder);
    memory(properties);
    log(properties);
    snapshots(properties);
    time(properties);
    network(properties);
    return properties;
  }

  /// Both have defaults under the system's temporary folder.
  private static void storage(RaftProperties properties, StoreFolder folder) {
    RaftServerConfigKeys.setStorageDir(properties, List.of(folder.raft().toFile()));
    RaftServerConfigKeys.setRemovedGroupsDir(properties, folder.removedGroups().toFile());
  }

  /// Everything here is held once a group.
  private static void memory(RaftProperties properties) {
    RaftServerConfigKeys.Log.setSegmentCacheNumMax(properties, 2);
    RaftServerConfigKeys.Log.setSegmentCacheSizeMax(properties, SizeInBytes.valueOf("32MB"));
    RaftServerConfigKeys.Log.Appender.setBufferByteLimit(
        properties, SizeInBytes.valueOf(ENTRY_BYTES_MAX));
    RaftServerConfigKeys.Log.setWriteBufferSize(
        properties, SizeInBytes.valueOf(ENTRY_BYTES_MAX + FRAME_BYTES));
    // Replies are empty, and our commands carry their own idempotency keys: nothing retries by the
    // cache, but it cannot be switched off.
    RaftServerConfigKeys.RetryCache.setExpiryTime(properties, TimeDuration.ONE_SECOND.multiply(2));
    RaftServerConfigKeys.Read.ReadAfterWriteConsistent.setWriteIndexCacheExpiryTime(
        properties, TimeDuration.ONE_SECOND.multiply(2));
  }

  private static void log(RaftProperties properties) {
    // As our own writer does it. Here the open segment is held in memory, too.
    RaftServerConfigKeys.Log.setSegmentSizeMax(
        properties, SizeInBytes.valueOf(LocalLog.SEGMENT_BYTES_MAX));
    RaftServerConfigKeys.Log.setPreallocatedSize(
        properties, SizeInBytes.valueOf(LogSegmentWriter.ROOM_BYTES));
    // The default appends one more entry after each commit.
    RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
    RaftServerConfigKeys.Log.setForceSyncNum(properties, 1024);
  }

  private static void snapshots(RaftProperties properties) {
    // SnapshotCycle decides when; Ratis would ask again at every entry while one is being written.
    RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, false);
    RaftServerConfigKeys.Snapshot.setCreationGap(properties, 1);
    // One dead follower must not pin the log for ever; a slight lag must not cost a full transfer.
    RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
    RaftServerConfigKeys.Log.setPurgeGap(properties, 1);
  }

  private static void time(RaftProperties properties) {
    // A lone peer waits for nobody: it need not be patient before its first election.
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, millis(10));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, millis(30));
    // Afterwards a pause of the garbage collector must not look like a dead leader.
    RaftServerConfigKeys.Rpc.setTimeoutMin(properties, millis(1000));
    RaftServerConfigKeys.Rpc.setTimeoutMax(properties, millis(2000));
    // Ratis shuts itself down after a pause of the whole process: a suspended laptop is no failure.
    RaftServerConfigKeys.setCloseThreshold(properties, TimeDuration.valueOf(3650, TimeUnit.DAYS));
  }

  /// A single node opens a port for nothing; nobody else shall reach it.
  private static void network(RaftProperties properties) {
    GrpcConfigKeys.Server.setHost(properties, LOOPBACK);
    GrpcConfigKeys.Client.setHost(properties, LOOPBACK);
    GrpcConfigKeys.Admin.setHost(properties, LOOPBACK);
    GrpcConfigKeys.Server.setPort(properties, 0);
    GrpcConfigKeys.setUseEpoll(properties, false);
  }

  private static TimeDuration millis(long millis) {
    return TimeDuration.valueOf(millis, TimeUnit.MILLISECONDS);
  }
}
