package dev.whileaway.aggregator.edge;

import dev.whileaway.aggregator.log.ShardLog;
import dev.whileaway.aggregator.log.ShardLog.Role;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Whether this node serves: every shard leads or follows, and nobody has begun to stop it. Told by
/// gRPC's health service, and by `/health` in words.
public final class Health {

  private final ShardLog log;
  private final HealthStatusManager manager = new HealthStatusManager();
  private volatile boolean stopping;

  Health(ShardLog log) {
    this.log = log;
    log.onRoleChange((shard, role) -> publish());
    publish();
  }

  /// What is found now.
  ///
  /// @param words for a person at a terminal
  public record Finding(boolean serves, String words) {}

  public Finding look() {
    if (stopping) {
      return new Finding(false, "stopping: calls that have begun are being finished");
    }
    Map<Role, List<Integer>> byRole = new EnumMap<>(Role.class);
    for (int i = 0; i < log.shards(); i++) {
      Role role = log.status(new ShardId(i)).role();
      byRole.computeIfAbsent(role, r -> new ArrayList<>()).add(i);
    }
    if (byRole.containsKey(Role.FAILED)) {
      return new Finding(false, "failed: the log of shards " + byRole.get(Role.FAILED));
    }
    if (byRole.containsKey(Role.STARTING)) {
      return new Finding(false, "starting: shards " + byRole.get(Role.STARTING));
    }
    return new Finding(true, "ready: " + counts(byRole));
  }

  private static String counts(Map<Role, List<Integer>> byRole) {
    List<String> counts = new ArrayList<>();
    byRole.forEach((role, shards) ->
        counts.add(shards.size() + " shards as " + role.name().toLowerCase(Locale.ROOT)));
    return String.join(", ", counts);
  }

  HealthStatusManager manager() {
    return manager;
  }

  /// From now on: not serving.
  void stop() {
    stopping = true;
    manager.enterTerminalState();
  }

  private void publish() {
    manager.setStatus(
        HealthStatusManager.SERVICE_NAME_ALL_SERVICES,
        look().serves() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
  }
}
