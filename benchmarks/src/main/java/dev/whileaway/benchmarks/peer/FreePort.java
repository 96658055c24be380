package dev.whileaway.benchmarks.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// A port for a server that cannot choose one itself.
public final class FreePort {

  private FreePort() {}

  /// Free on loopback a moment ago.
  public static int find() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
