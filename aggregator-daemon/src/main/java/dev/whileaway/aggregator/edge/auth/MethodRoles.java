package dev.whileaway.aggregator.edge.auth;

import static dev.whileaway.aggregator.DaemonSettings.ApiRole.ADMIN;
import static dev.whileaway.aggregator.DaemonSettings.ApiRole.REPORTER;
import static dev.whileaway.aggregator.DaemonSettings.ApiRole.WORKER;

import dev.whileaway.aggregator.DaemonSettings.ApiRole;
import dev.whileaway.v1.AdminServiceGrpc;
import dev.whileaway.v1.DigestServiceGrpc;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.PresenceServiceGrpc;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.SuppressionServiceGrpc;
import io.grpc.MethodDescriptor;
import java.util.Map;
import java.util.Set;

/// Which roles may call which method. ADMIN may call every one.
final class MethodRoles {

  private static final Map<String, Set<ApiRole>> OF_SERVICE =
      Map.of(
          EventServiceGrpc.SERVICE_NAME,
          Set.of(REPORTER, ADMIN),
          ProfileServiceGrpc.SERVICE_NAME,
          Set.of(REPORTER, ADMIN),
          PresenceServiceGrpc.SERVICE_NAME,
          Set.of(REPORTER, ADMIN),
          DigestServiceGrpc.SERVICE_NAME,
          Set.of(WORKER, ADMIN),
          AdminServiceGrpc.SERVICE_NAME,
          Set.of(ADMIN),
          // Tools ask these before they know what they may do.
          "grpc.health.v1.Health",
          Set.of(ApiRole.values()),
          "grpc.reflection.v1.ServerReflection",
          Set.of(ApiRole.values()));

  /// What a worker needs of the other services: to read whom it tells, and to remove dead devices
  /// and addresses.
  private static final Set<String> ALSO_WORKER =
      Set.of(
          ProfileServiceGrpc.getGetProfilesMethod().getFullMethodName(),
          ProfileServiceGrpc.getUnregisterDeviceMethod().getFullMethodName(),
          PresenceServiceGrpc.getGetPresenceMethod().getFullMethodName());

  /// Of the suppression list, which is the operators'.
  private static final Set<String> WORKERS_OF_SUPPRESSIONS =
      Set.of(
          SuppressionServiceGrpc.getSuppressMethod().getFullMethodName(),
          SuppressionServiceGrpc.getGetSuppressionMethod().getFullMethodName());

  private MethodRoles() {}

  /// A service that nobody listed is for ADMIN alone.
  static Set<ApiRole> of(MethodDescriptor<?, ?> method) {
    if (ALSO_WORKER.contains(method.getFullMethodName())) {
      return Set.of(REPORTER, WORKER, ADMIN);
    }
    if (WORKERS_OF_SUPPRESSIONS.contains(method.getFullMethodName())) {
      return Set.of(WORKER, ADMIN);
    }
    String service = String.valueOf(method.getServiceName());
    return OF_SERVICE.getOrDefault(service, Set.of(ADMIN));
  }
}
