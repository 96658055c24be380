package dev.whileaway.aggregator.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatisPropertiesTest {

  @TempDir Path data;

  @Test
  void properties_ofAnyStore_neverAcknowledgeBeforeTheFsync() throws Exception {
    RaftProperties properties = properties();

    assertThat(RaftServerConfigKeys.Log.asyncFlushEnabled(properties)).isFalse();
    assertThat(RaftServerConfigKeys.Log.unsafeFlushEnabled(properties)).isFalse();
    assertThat(properties.getRaw(RaftServerConfigKeys.Log.ASYNC_FLUSH_ENABLED_KEY)).isNull();
    assertThat(properties.getRaw(RaftServerConfigKeys.Log.UNSAFE_FLUSH_ENABLED_KEY)).isNull();
    assertThat(RaftServerConfigKeys.Log.useMemory(properties)).isFalse();
  }

  @Test
  void properties_ofAnyStore_keepEverythingInItsFolder() throws Exception {
    RaftProperties properties = properties();

    assertThat(RaftServerConfigKeys.storageDir(properties))
        .isEqualTo(List.of(data.resolve("raft").toFile()));
    assertThat(RaftServerConfigKeys.removedGroupsDir(properties))
        .isEqualTo(data.resolve("raft-removed").toFile());
  }

  @Test
  void properties_ofAnyStore_listenOnLoopbackOnly() throws Exception {
    RaftProperties properties = properties();

    assertThat(GrpcConfigKeys.Server.host(properties)).isEqualTo("127.0.0.1");
    assertThat(GrpcConfigKeys.Client.host(properties)).isEqualTo("127.0.0.1");
    assertThat(GrpcConfigKeys.Admin.host(properties)).isEqualTo("127.0.0.1");
    assertThat(GrpcConfigKeys.Server.port(properties)).isZero();
  }

  @Test
  void properties_ofAnyStore_stayLightForManyGroups() throws Exception {
    RaftProperties properties = properties();

    assertThat(RaftServerConfigKeys.Log.logMetadataEnabled(properties)).isFalse();
    assertThat(RaftServerConfigKeys.Log.segmentCacheNumMax(properties)).isEqualTo(2);
    assertThat(RaftServerConfigKeys.Log.segmentCacheSizeMax(properties).getSize())
        .isEqualTo(32 << 20);
    assertThat(RaftServerConfigKeys.Log.preallocatedSize(properties).getSize()).isEqualTo(4 << 20);
    assertThat(
            RaftServerConfigKeys.RetryCache.expiryTime(properties)
                .toLong(java.util.concurrent.TimeUnit.SECONDS))
        .isEqualTo(2);
    assertThat(RaftServerConfigKeys.Log.writeBufferSize(properties).getSize())
        .isGreaterThanOrEqualTo(
            RaftServerConfigKeys.Log.Appender.bufferByteLimit(properties).getSize() + 8);
    assertThat(RaftServerConfigKeys.Log.purgeUptoSnapshotIndex(properties)).isTrue();
  }

  @Test
  void properties_ofAnyStore_surviveASuspendedMachine() throws Exception {
    assertThat(
            RaftServerConfigKeys.closeThreshold(properties())
                .toLong(java.util.concurrent.TimeUnit.DAYS))
        .isGreaterThan(365);
  }

  private RaftProperties properties() throws Exception {
    try (var folder =
        StoreFolder.open(data, new StoreVersion(StoreVersion.FORMAT, 1, "n", Instant.EPOCH))) {
      return RatisProperties.of(folder);
    }
  }
}
