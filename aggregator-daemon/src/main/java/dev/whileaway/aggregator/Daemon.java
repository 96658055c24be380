package dev.whileaway.aggregator;

import dev.whileaway.aggregator.edge.Edge;
import dev.whileaway.aggregator.edge.pages.UserPages;
import dev.whileaway.aggregator.log.ShardLog;
import dev.whileaway.aggregator.raft.DurableShardLog;
import dev.whileaway.aggregator.raft.StoreRefusedException;
import dev.whileaway.aggregator.suppression.SuppressionList;
import dev.whileaway.presence.ChroniclePresenceStore;
import dev.whileaway.presence.PresenceStore;
import dev.whileaway.templates.Catalogue;
import io.grpc.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// A running daemon: the shards of this node, presence, the suppression list, and the gRPC and HTTP
/// edges.
public final class Daemon implements AutoCloseable {

  /// Below the store's folder, whose lock guards it too.
  private static final String SUPPRESSIONS = "suppressions";

  private final PresenceStore presence;
  private final ShardLog log;
  private final SuppressionList suppressions;
  private final Edge edge;

  private Daemon(PresenceStore presence, ShardLog log, SuppressionList suppressions, Edge edge) {
    this.presence = presence;
    this.log = log;
    this.suppressions = suppressions;
    this.edge = edge;
  }

  /// Returns once every port answers.
  ///
  /// @param pages behind the links of mails; not set: mails have no such links
  /// @throws StoreRefusedException if the data folder cannot be used as it is
  /// @throws IOException if a port cannot be opened, or a TLS file not be read
  /// @throws IllegalArgumentException if the settings would expose an unprotected port
  public static Daemon start(
      DaemonSettings settings, Catalogue catalogue, Optional<UserPages> pages, InstantSource clock)
      throws StoreRefusedException, IOException {
    // Before anything is written to disk.
    Edge.requireProtected(settings);
    FutureTask<PresenceStore> opening = openPresence(settings, clock);
    ShardLog log = null;
    SuppressionList suppressions = null;
    try {
      log = DurableShardLog.open(settings, clock);
      suppressions = SuppressionList.open(settings.data().resolve(SUPPRESSIONS));
      PresenceStore presence = await(opening);
      var edge = Edge.open(settings, log, presence, suppressions, catalogue, pages, clock);
      return new Daemon(presence, log, suppressions, edge);
    } catch (StoreRefusedException | IOException | RuntimeException e) {
      if (suppressions != null) {
        suppressions.close();
      }
      if (log != null) {
        log.close();
      }
      closeOnceOpen(opening);
      throw e;
    }
  }

  /// Chronicle Map generates classes for a second or two: the shards load meanwhile.
  private static FutureTask<PresenceStore> openPresence(
      DaemonSettings settings, InstantSource clock) {
    var opening =
        new FutureTask<PresenceStore>(
            () -> ChroniclePresenceStore.open(settings.presence(), clock));
    Thread.ofPlatform().daemon().name("open-presence").start(opening);
    return opening;
  }

  private static PresenceStore await(FutureTask<PresenceStore> opening) throws IOException {
    try {
      return opening.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException refused) {
        throw refused;
      }
      throw new IllegalStateException("presence could not be opened", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while presence was being opened");
    }
  }

  private static void closeOnceOpen(FutureTask<PresenceStore> opening) {
    try {
      await(opening).close();
    } catch (IOException | IllegalStateException neverOpened) {
      // The first failure is the one to tell.
    }
  }

  /// The gRPC port that was taken.
  public int grpcPort() {
    return edge.grpcPort();
  }

  /// The HTTP port that was taken.
  public int httpPort() {
    return edge.httpPort();
  }

  /// A way to the same services without a socket, with every role: for a worker in this process.
  public Channel localChannel() {
    return edge.localChannel();
  }

  /// Where everything in this process counts; shown on `/metrics`.
  public MeterRegistry metrics() {
    return edge.metrics();
  }

  /// Stops taking requests, finishes those begun, closes the store. May be repeated.
  @Override
  public void close() {
    edge.close();
    suppressions.close();
    log.close();
    presence.close();
  }
}
