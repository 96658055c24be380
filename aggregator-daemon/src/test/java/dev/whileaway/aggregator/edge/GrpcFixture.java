package dev.whileaway.aggregator.edge;

import dev.whileaway.aggregator.DaemonSettings;
import dev.whileaway.aggregator.log.MemoryShardLog;
import dev.whileaway.aggregator.shard.ShardLimits;
import dev.whileaway.aggregator.suppression.SuppressionList;
import dev.whileaway.presence.HeapPresenceStore;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The gRPC port alone, over shards in memory: opens in a moment.
final class GrpcFixture implements AutoCloseable {

  final MovableClock clock = new MovableClock();
  final MemoryShardLog log = new MemoryShardLog(4, ShardLimits.STANDARD, clock);
  final HeapPresenceStore presence = new HeapPresenceStore();
  final SuppressionList suppressions = TemporaryList.open();
  final ManagedChannel channel;
  final LocalDoor local;
  private final GrpcDoor grpc;

  GrpcFixture() throws IOException {
    DaemonSettings settings = EdgeFixture.settings(List.of(), Optional.empty());
    Services services =
        new Services(
            settings,
            log,
            presence,
            suppressions,
            Catalogues.STANDARD,
            clock,
            new SimpleMeterRegistry());
    Health health = new Health(log);
    local = LocalDoor.open(services, health);
    grpc = GrpcDoor.open(settings, services, health);
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + grpc.port(), InsecureChannelCredentials.create())
            .build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    grpc.close();
    local.close();
    suppressions.close();
    log.close();
    presence.close();
  }
}
