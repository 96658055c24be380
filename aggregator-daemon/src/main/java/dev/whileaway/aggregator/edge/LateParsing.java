package dev.whileaway.aggregator.edge;

import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.io.InputStream;

/// Lets a service's requests be parsed inside the interceptors that come after this. gRPC itself
/// parses before the first of them, and says UNKNOWN of bytes that are no message, as if the fault
/// were ours; text that is not UTF-8 is the usual case. (TRAPS 32)
final class LateParsing {

  /// Nothing is copied: the stream is read before gRPC closes it.
  private static final Marshaller<InputStream> AS_IT_CAME =
      new Marshaller<>() {
        @Override
        public InputStream stream(InputStream value) {
          return value;
        }

        @Override
        public InputStream parse(InputStream stream) {
          return stream;
        }
      };

  private LateParsing() {}

  static ServerServiceDefinition of(ServerServiceDefinition service) {
    return ServerInterceptors.useMarshalledMessages(service, AS_IT_CAME);
  }
}
