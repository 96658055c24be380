package dev.whileaway.aggregator.edge.status;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/// Sends every throwable of a service through [Statuses]: those it throws, and those it hands to
/// `observer.onError`. A service therefore maps nothing itself.
public final class StatusInterceptor implements ServerInterceptor {

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    MappingCall<Q, A> mapping = new MappingCall<>(call);
    try {
      return new CatchingListener<>(next.startCall(mapping, headers), mapping);
    } catch (RuntimeException thrown) {
      mapping.fail(thrown);
      return new ServerCall.Listener<>() {};
    }
  }

  private static final class MappingCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

    MappingCall(ServerCall<Q, A> delegate) {
      super(delegate);
    }

    /// gRPC's stubs make UNKNOWN, with the cause kept, of a throwable that is not a status.
    @Override
    public void close(Status status, Metadata trailers) {
      Throwable cause = status.getCause();
      if (status.getCode() == Status.Code.UNKNOWN && cause != null) {
        fail(cause);
      } else {
        super.close(status, trailers);
      }
    }

    void fail(Throwable thrown) {
      StatusRuntimeException mapped = Statuses.of(thrown);
      Metadata trailers = mapped.getTrailers();
      super.close(mapped.getStatus(), trailers == null ? new Metadata() : trailers);
    }
  }

  private static final class CatchingListener<Q> extends SimpleForwardingServerCallListener<Q> {

    private final MappingCall<Q, ?> call;
    private boolean failed;

    CatchingListener(ServerCall.Listener<Q> delegate, MappingCall<Q, ?> call) {
      super(delegate);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      guard(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      guard(super::onHalfClose);
    }

    @Override
    public void onReady() {
      guard(super::onReady);
    }

    /// Nothing more reaches the service after its call has failed.
    private void guard(Runnable callback) {
      if (failed) {
        return;
      }
      try {
        callback.run();
      } catch (RuntimeException thrown) {
        failed = true;
        call.fail(thrown);
      }
    }
  }
}
