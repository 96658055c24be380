package dev.whileaway.aggregator.raft;

import dev.whileaway.aggregator.DaemonSettings;
import dev.whileaway.aggregator.log.ShardLog;
import dev.whileaway.aggregator.log.ShardLog.Leader;
import dev.whileaway.aggregator.log.ShardLog.NodeId;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import dev.whileaway.aggregator.shard.ShardLimits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;

/// Opens the durable shard log.
public final class DurableShardLog {

  private DurableShardLog() {}

  /// Opens the store in `settings.data()`, creating it if the folder is empty; returns once every
  /// shard takes commands.
  ///
  /// @throws StoreRefusedException if the folder cannot be used as it is: in use by another
  ///   process, written by a newer version, another number of shards, broken
  public static ShardLog open(DaemonSettings settings, InstantSource clock)
      throws StoreRefusedException {
    var wanted =
        new StoreVersion(StoreVersion.FORMAT, settings.shards(), settings.node(), clock.instant());
    StoreFolder folder = StoreFolder.open(settings.data(), wanted);
    try {
      checkLogs(settings, folder);
      StoreNode node = assemble(settings, clock, folder);
      try {
        node.start();
        return node;
      } catch (IOException | StoreRefusedException | RuntimeException e) {
        node.release();
        throw e;
      }
    } catch (InterruptedIOException e) {
      folder.close();
      throw new UncheckedIOException(e);
    } catch (IOException | CompletionException e) {
      folder.close();
      throw refused(settings, e);
    } catch (StoreRefusedException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static void checkLogs(DaemonSettings settings, StoreFolder folder)
      throws IOException, StoreRefusedException {
    for (int number = 0; number < settings.shards(); number++) {
      var shard = new ShardId(number);
      LogCheck.check(shard, folder.log(shard));
    }
  }

  /// Ratis wraps what a shard throws.
  private static StoreRefusedException refused(DaemonSettings settings, Exception failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof BrokenShardException broken) {
        return new StoreRefusedException(
            "%s: expected a store that can be opened, but found %s; restore the whole folder from a copy"
                .formatted(settings.data(), broken.getMessage()),
            failed);
      }
    }
    return new StoreRefusedException(
        "%s: expected a store that can be opened, but found a fault (%s); look at the disk and its permissions, or restore the whole folder from a copy"
            .formatted(settings.data(), failed.getMessage()),
        failed);
  }

  private static StoreNode assemble(
      DaemonSettings settings, InstantSource clock, StoreFolder folder) throws IOException {
    var node = new NodeId(settings.node());
    var rocks = new RocksSettings();
    ScheduledExecutorService writer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("snapshot-writer").daemon().factory());
    var replicas =
        new Replica.Setting(
            rocks,
            writer,
            new ShardLimits(settings.limits().eventsPerBacklog(), settings.limits().ledgerDays()),
            settings.limits().snapshotEntries());
    var self = new Leader(node, clientAddress(settings));
    return switch (settings.log()) {
      case LOCAL -> {
        List<LocalShard> shards =
            shards(
                settings,
                shard ->
                    new LocalShard(
                        shard, self, folder.log(shard), folder.shard(shard), replicas, clock));
        var doors = shards.stream().map(LocalShard::door).toList();
        yield new StoreNode(node, doors, new LocalEngine(shards, folder), folder, rocks, writer);
      }
      case RAFT -> {
        List<RaftShard> shards =
            shards(
                settings,
                shard -> new RaftShard(shard, self, folder.shard(shard), replicas, clock));
        var doors = shards.stream().map(RaftShard::door).toList();
        var engine = new RaftEngine(shards, server(node, shards, folder), folder);
        yield new StoreNode(node, doors, engine, folder, rocks, writer);
      }
    };
  }

  private static <T> List<T> shards(DaemonSettings settings, Function<ShardId, T> made) {
    return IntStream.range(0, settings.shards()).mapToObj(ShardId::new).map(made).toList();
  }

  private static String clientAddress(DaemonSettings settings) {
    return settings.grpc().host() + ":" + settings.grpc().port();
  }

  private static RaftServer server(NodeId node, List<RaftShard> shards, StoreFolder folder)
      throws IOException {
    Map<RaftGroupId, RaftShard> byGroup =
        shards.stream().collect(Collectors.toMap(RaftShard::group, Function.identity()));
    return RaftServer.newBuilder()
        .setServerId(ShardGroups.peerOf(node))
        .setProperties(RatisProperties.of(folder))
        .setOption(RaftStorage.StartupOption.RECOVER)
        .setStateMachineRegistry(group -> machine(byGroup, group))
        .build();
  }

  private static ShardStateMachine machine(Map<RaftGroupId, RaftShard> byGroup, RaftGroupId group) {
    RaftShard shard = byGroup.get(group);
    if (shard == null) {
      throw new IllegalStateException("expected a group of this store, but found " + group);
    }
    return shard.machine();
  }
}
