package dev.whileaway.aggregator.edge.meter;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Times every call of one door, by method and status. Streams are timed over their whole life.
///
/// It measures real time even when the daemon's clock runs faster: what a caller waits is real.
public final class RequestMeter implements ServerInterceptor {

  private static final Duration[] BOUNDARIES = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(200),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final MeterRegistry registry;
  private final String door;
  private final ConcurrentHashMap<String, AtomicReferenceArray<Timer>> timers =
      new ConcurrentHashMap<>();

  /// @param door `grpc`, `http` or `local`
  public RequestMeter(MeterRegistry registry, String door) {
    this.registry = registry;
    this.door = door;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    long startNanos = System.nanoTime();
    ServerCall<Q, A> timed =
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            record(call.getMethodDescriptor(), status.getCode(), startNanos);
            super.close(status, trailers);
          }
        };
    return new SimpleForwardingServerCallListener<>(next.startCall(timed, headers)) {
      @Override
      public void onCancel() {
        record(call.getMethodDescriptor(), Status.Code.CANCELLED, startNanos);
        super.onCancel();
      }
    };
  }

  private void record(MethodDescriptor<?, ?> method, Status.Code code, long startNanos) {
    timer(method.getFullMethodName(), code)
        .record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(String method, Status.Code code) {
    AtomicReferenceArray<Timer> ofMethod =
        timers.computeIfAbsent(
            method, m -> new AtomicReferenceArray<>(Status.Code.values().length));
    Timer known = ofMethod.get(code.value());
    if (known != null) {
      return known;
    }
    // The registry gives the same timer to those who race for it.
    Timer made =
        Timer.builder("whileaway.requests")
            .description("Real time from the start of a call to its answer")
            .tag("door", door)
            .tag("method", method)
            .tag("status", code.name())
            .serviceLevelObjectives(BOUNDARIES)
            .register(registry);
    ofMethod.set(code.value(), made);
    return made;
  }
}
