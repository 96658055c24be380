package dev.whileaway.aggregator;

import dev.whileaway.aggregator.raft.StoreRefusedException;
import dev.whileaway.templates.Catalogue;
import io.grpc.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.InstantSource;

/// A running daemon: the shards of this node, presence, and the gRPC and HTTP edges.
public final class Daemon implements AutoCloseable {

  /// Returns once every port answers.
  ///
  /// @throws StoreRefusedException if the data folder cannot be used as it is
  /// @throws IOException if a port cannot be opened, or a TLS file not be read
  /// @throws IllegalArgumentException if the settings would expose an unprotected port
  public static Daemon start(DaemonSettings settings, Catalogue catalogue, InstantSource clock)
      throws StoreRefusedException, IOException {
    throw new UnsupportedOperationException("stub");
  }

  /// The gRPC port that was taken.
  public int grpcPort() {
    throw new UnsupportedOperationException("stub");
  }

  /// The HTTP port that was taken.
  public int httpPort() {
    throw new UnsupportedOperationException("stub");
  }

  /// A way to the same services without a socket, with every role: for a worker in this process.
  public Channel localChannel() {
    throw new UnsupportedOperationException("stub");
  }

  /// Where everything in this process counts; shown on `/metrics`.
  public MeterRegistry metrics() {
    throw new UnsupportedOperationException("stub");
  }

  /// Stops taking requests, finishes those begun, closes the store.
  @Override
  public void close() {}
}
