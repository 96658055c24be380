package dev.whileaway.benchmarks.whileaway;

import java.io.IOException;
import java.nio.file.Path;

/// A running `serve`.
public interface Serve extends AutoCloseable {

  /// `HOST:PORT`.
  String grpc();

  ProcessHandle handle();

  /// Stops it in order.
  @Override
  void close();

  /// Knows how the program is started on this machine.
  @FunctionalInterface
  interface Starter {

    /// Returns once it is ready.
    ///
    /// @param log takes its stderr
    Serve start(Path data, Path configuration, Path log) throws IOException;
  }
}
