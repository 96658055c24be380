package dev.whileaway.aggregator.edge.auth;

import dev.whileaway.aggregator.DaemonSettings.ApiKey;
import dev.whileaway.aggregator.DaemonSettings.ApiRole;
import dev.whileaway.aggregator.edge.status.Statuses;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Lets a call through if its key has one of the method's roles.
public final class AuthInterceptor implements ServerInterceptor {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ApiKeys keys;

  public AuthInterceptor(ApiKeys keys) {
    this.keys = keys;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (!keys.open()) {
      check(headers, call.getMethodDescriptor());
    }
    return next.startCall(call, headers);
  }

  /// The status interceptor, which is outside of this one, sends what is thrown here.
  private void check(Metadata headers, MethodDescriptor<?, ?> method) {
    String header = headers.get(AUTHORIZATION);
    Optional<ApiKey> key = header == null ? Optional.empty() : keys.ofHeader(header);
    if (key.isEmpty()) {
      throw unauthenticated(header != null);
    }
    Set<ApiRole> allowed = MethodRoles.of(method);
    if (Collections.disjoint(key.get().roles(), allowed)) {
      throw Statuses.denied(
          Code.PERMISSION_DENIED,
          "ROLE_MISSING",
          "expected a key with one of the roles "
              + new TreeSet<>(allowed)
              + ", but found key "
              + key.get());
    }
  }

  /// A missing or unknown key, on either port.
  public static StatusRuntimeException unauthenticated(boolean given) {
    return Statuses.denied(
        Code.UNAUTHENTICATED,
        given ? "KEY_UNKNOWN" : "KEY_MISSING",
        "expected the header `authorization: Bearer KEY` with a configured API key, but found "
            + (given ? "another value" : "none"));
  }
}
