package dev.whileaway.aggregator.edge.rules;

import com.google.protobuf.Message;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/// Checks every unary request before its service sees it. Messages of a stream are the service's
/// own to check, since one wrong message must not end the stream.
public final class RuleInterceptor implements ServerInterceptor {

  private final FieldChecker checker;

  public RuleInterceptor(FieldChecker checker) {
    this.checker = checker;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    return call.getMethodDescriptor().getType() == MethodType.UNARY
        ? new CheckedListener<>(listener)
        : listener;
  }

  /// Throws what the status interceptor, which is outside of this one, turns into a status.
  private final class CheckedListener<Q> extends SimpleForwardingServerCallListener<Q> {

    CheckedListener(ServerCall.Listener<Q> delegate) {
      super(delegate);
    }

    @Override
    public void onMessage(Q request) {
      if (request instanceof Message message) {
        checker.require(message);
      }
      super.onMessage(request);
    }
  }
}
