package dev.whileaway.aggregator.edge;

import dev.whileaway.aggregator.DaemonSettings.Listen;
import java.io.IOException;
import java.net.BindException;

/// Says which port could not be opened, in the words of the configuration.
public final class BusyPort {

  private BusyPort() {}

  /// @param key `grpc` or `http`
  public static IOException explained(String key, Listen listen, IOException failed) {
    String address = listen.host() + ":" + listen.port();
    return inUse(failed)
        ? new IOException(
            "%s.port: expected a free port, but found %s in use; stop what uses it, or choose another"
                .formatted(key, address),
            failed)
        : new IOException(
            "%s.host: expected an address of this machine to listen on, but could not open %s: %s"
                .formatted(key, address, deepest(failed).getMessage()),
            failed);
  }

  /// Netty's native transports have exceptions of their own, with the system's words.
  private static boolean inUse(IOException failed) {
    Throwable cause = deepest(failed);
    String words = String.valueOf(cause.getMessage());
    return words.contains("Address already in use")
        || (cause instanceof BindException && words.contains("in use"));
  }

  private static Throwable deepest(Throwable thrown) {
    Throwable deepest = thrown;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }
}
