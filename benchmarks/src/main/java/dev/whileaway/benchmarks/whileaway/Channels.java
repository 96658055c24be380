package dev.whileaway.benchmarks.whileaway;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;

/// Connections to a `serve`.
final class Channels {

  private Channels() {}

  /// A connection of its own, whose answers are handled by the thread that brings them.
  static ManagedChannel to(Serve serve) {
    return NettyChannelBuilder.forTarget(serve.grpc())
        .usePlaintext()
        .directExecutor()
        .maxInboundMessageSize(Integer.MAX_VALUE)
        .build();
  }
}
