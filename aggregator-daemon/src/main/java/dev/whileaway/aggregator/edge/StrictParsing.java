package dev.whileaway.aggregator.edge;

import dev.whileaway.aggregator.edge.rules.RefusedException;
import dev.whileaway.aggregator.edge.status.Statuses;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Says INVALID_ARGUMENT of bytes that are not the request they should be. gRPC would say INTERNAL,
/// as if the fault were ours; text that is not UTF-8 is the usual case. (TRAPS 32)
final class StrictParsing {

  private StrictParsing() {}

  static ServerServiceDefinition of(ServerServiceDefinition service) {
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
            .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
    var methods = service.getMethods().stream().map(StrictParsing::method).toList();
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder strict = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(strict::addMethod);
    return strict.build();
  }

  private static <Q, A> ServerMethodDefinition<Q, A> method(ServerMethodDefinition<Q, A> method) {
    MethodDescriptor<Q, A> descriptor = method.getMethodDescriptor();
    return descriptor.getRequestMarshaller() instanceof PrototypeMarshaller<Q> marshaller
        ? ServerMethodDefinition.create(
            descriptor.toBuilder().setRequestMarshaller(new Strict<>(marshaller)).build(),
            method.getServerCallHandler())
        : method;
  }

  private record Strict<Q>(PrototypeMarshaller<Q> delegate) implements PrototypeMarshaller<Q> {

    @Override
    public Q parse(InputStream stream) {
      try {
        return delegate.parse(stream);
      } catch (StatusRuntimeException broken) {
        Throwable cause = broken.getCause();
        String found = cause == null ? "something else" : String.valueOf(cause.getMessage());
        throw Statuses.of(RefusedException.of("", "expected a valid message, but found: " + found));
      }
    }

    @Override
    public InputStream stream(Q value) {
      return delegate.stream(value);
    }

    @Override
    public @Nullable Q getMessagePrototype() {
      return delegate.getMessagePrototype();
    }

    @Override
    public Class<Q> getMessageClass() {
      return delegate.getMessageClass();
    }
  }
}
