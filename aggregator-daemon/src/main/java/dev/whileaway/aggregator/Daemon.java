package dev.whileaway.aggregator;

import dev.whileaway.aggregator.edge.Edge;
import dev.whileaway.aggregator.edge.pages.UserPages;
import dev.whileaway.aggregator.raft.StoreRefusedException;
import dev.whileaway.templates.Catalogue;
import io.grpc.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.Optional;

/// A running daemon: the shards of this node, presence, the suppression list, and the gRPC and HTTP
/// edges.
public final class Daemon implements AutoCloseable {

  private final StoreOpening.Store store;
  private final Edge edge;

  private Daemon(StoreOpening.Store store, Edge edge) {
    this.store = store;
    this.edge = edge;
  }

  /// Returns once the store is open and every port answers.
  ///
  /// @param opening of its store; whatever happens, it need not be abandoned
  /// @param pages behind the links of mails; not set: mails have no such links
  /// @throws StoreRefusedException if the data folder cannot be used as it is
  /// @throws IOException if a port cannot be opened, or a TLS file not be read
  public static Daemon start(StoreOpening opening, Catalogue catalogue, Optional<UserPages> pages)
      throws StoreRefusedException, IOException {
    StoreOpening.Store store = opening.await();
    try {
      return new Daemon(
          store,
          Edge.open(
              opening.settings(),
              store.log(),
              store.presence(),
              store.suppressions(),
              catalogue,
              pages,
              opening.clock()));
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
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
    store.close();
  }
}
