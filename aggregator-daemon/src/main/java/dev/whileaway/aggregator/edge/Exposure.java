package dev.whileaway.aggregator.edge;

import dev.whileaway.aggregator.DaemonSettings;
import dev.whileaway.aggregator.DaemonSettings.Listen;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// The rule of listening beyond this machine: with TLS and an API key, or in so many words without.
final class Exposure {

  private Exposure() {}

  /// @throws IllegalArgumentException if the settings would expose an unprotected port
  static void check(DaemonSettings settings) {
    if (settings.insecure()) {
      return;
    }
    check("grpc.host", settings.grpc(), settings);
    check("http.host", settings.http(), settings);
  }

  private static void check(String key, Listen listen, DaemonSettings settings) {
    if (loopback(listen.host())) {
      return;
    }
    boolean tls = settings.tls().isPresent();
    boolean keys = !settings.apiKeys().isEmpty();
    if (tls && keys) {
      return;
    }
    String found = tls ? "no api-keys" : keys ? "no tls" : "neither tls nor api-keys";
    throw new IllegalArgumentException(
        "%s: expected `tls` and at least one of `api-keys` to listen on %s, which others can reach,"
                .formatted(key, listen.host())
            + " but found %s. Add them, listen on 127.0.0.1,".formatted(found)
            + " or set `insecure: true` if something else protects this port");
  }

  /// A name that cannot be resolved is not taken for this machine's own.
  private static boolean loopback(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return !host.isEmpty();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
