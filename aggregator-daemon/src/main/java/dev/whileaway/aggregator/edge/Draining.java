package dev.whileaway.aggregator.edge;

import io.grpc.Server;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Ends a gRPC server: calls that have begun get a bounded, real time to finish.
final class Draining {

  static final Duration TIME = Duration.ofSeconds(3);
  private static final Duration AFTER_CUT = Duration.ofSeconds(2);

  private Draining() {}

  static void close(Server server) {
    server.shutdown();
    try {
      if (!server.awaitTermination(TIME.toMillis(), TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
        server.awaitTermination(AFTER_CUT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
