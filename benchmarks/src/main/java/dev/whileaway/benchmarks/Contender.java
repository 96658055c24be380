package dev.whileaway.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/// A system that can do the work of the workload, in a process of its own.
public interface Contender {

  /// Its column in tables and JSON.
  String name();

  /// Starts it on loopback, on a free port, with its data in a folder; returns once it answers.
  ///
  /// @param folder empty, or with what an earlier life, killed or stopped, has left there
  /// @throws IOException if it does not come up; the message says where its log is
  Running start(Path folder) throws IOException, InterruptedException;

  /// One life of a contender. Closing stops it, and leaves its folder.
  interface Running extends AutoCloseable {

    /// A connection of its own that takes up to so many requests at once.
    Client connect(int inFlight) throws IOException;

    /// The fastest way that it has for single events; a plain connection if it has none.
    default Client stream(int inFlight) throws IOException {
      return connect(inFlight);
    }

    /// Its process; what it does in others, those are descendants.
    ProcessHandle process();

    /// Writes the image of its data up to which its journal can go; returns once it is written.
    void snapshot() throws IOException, InterruptedException;

    /// Bytes that its data holds in memory, by its own account: without what could be given back.
    long neededBytes() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
  }
}
