package dev.whileaway.testkit;

import java.io.IOException;
import java.nio.file.Path;

/// Somebody else's server, played on 127.0.0.1.
public interface FakeServer extends AutoCloseable {

  int port();

  /// What `whileaway.yaml` says under `delivery` to send to it.
  ///
  /// @param folder takes the key files that are needed for that
  String settings(Path folder) throws IOException;

  /// Somebody whom it can be sent to: what a profile has as a device's token, or as an address.
  String recipient();

  @Override
  void close();
}
