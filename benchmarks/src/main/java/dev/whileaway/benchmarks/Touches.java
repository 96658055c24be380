package dev.whileaway.benchmarks;

import java.io.IOException;

/// Takes signs of presence. For one thread.
public interface Touches extends AutoCloseable {

  /// A user did something now. Waits while too many are on their way.
  ///
  /// @throws IOException if nothing is taken any more
  void touch(String user) throws IOException, InterruptedException;

  /// Ends it, and returns once all are taken.
  ///
  /// @return how many were taken
  long finish() throws IOException, InterruptedException;

  /// Frees what it holds; it need not have been finished.
  @Override
  void close() throws IOException;
}
