package dev.whileaway.aggregator.edge;

import java.util.Locale;

/// By which door a call came.
enum Door {
  /// The gRPC port.
  GRPC,
  /// The HTTP port.
  HTTP,
  /// The channel inside the process.
  LOCAL;

  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
