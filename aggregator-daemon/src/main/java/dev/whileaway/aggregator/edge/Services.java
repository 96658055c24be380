package dev.whileaway.aggregator.edge;

import dev.whileaway.aggregator.DaemonSettings;
import dev.whileaway.aggregator.edge.meter.EdgeMeters;
import dev.whileaway.aggregator.edge.meter.RequestMeter;
import dev.whileaway.aggregator.edge.rules.FieldChecker;
import dev.whileaway.aggregator.edge.rules.RuleInterceptor;
import dev.whileaway.aggregator.edge.service.AdminService;
import dev.whileaway.aggregator.edge.service.DigestService;
import dev.whileaway.aggregator.edge.service.EventService;
import dev.whileaway.aggregator.edge.service.ProfileService;
import dev.whileaway.aggregator.edge.service.Shards;
import dev.whileaway.aggregator.edge.service.SuppressionService;
import dev.whileaway.aggregator.edge.service.TypeNames;
import dev.whileaway.aggregator.edge.status.StatusInterceptor;
import dev.whileaway.aggregator.log.ShardLog;
import dev.whileaway.aggregator.suppression.SuppressionList;
import dev.whileaway.presence.PresenceService;
import dev.whileaway.presence.PresenceStore;
import dev.whileaway.templates.Catalogue;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The public services, made once and put behind the interceptors of each door.
final class Services {

  private final List<BindableService> services;
  private final FieldChecker checker;
  private final MeterRegistry registry;

  Services(
      DaemonSettings settings,
      ShardLog log,
      PresenceStore presence,
      SuppressionList suppressions,
      Catalogue catalogue,
      InstantSource clock,
      MeterRegistry registry) {
    this.registry = registry;
    this.checker = new FieldChecker(catalogue);
    Shards shards = new Shards(log);
    TypeNames types = new TypeNames(catalogue);
    EdgeMeters meters = new EdgeMeters(registry);
    this.services =
        List.of(
            new EventService(shards, presence, types, checker, clock),
            new ProfileService(shards, checker),
            new PresenceService(presence, settings.presence(), clock, checker::wellFormed),
            new DigestService(shards, types, meters, clock),
            new SuppressionService(suppressions, clock),
            new AdminService(shards, types));
  }

  /// The public services for one door.
  ///
  /// @param guards what stands between the statuses and the field rules: the key check, or nothing
  List<ServerServiceDefinition> behind(Door door, ServerInterceptor... guards) {
    return services.stream().map(service -> behind(service, door, guards)).toList();
  }

  /// Another service for the same door: health, reflection.
  ServerServiceDefinition behind(BindableService service, Door door, ServerInterceptor... guards) {
    ServerServiceDefinition checked =
        ServerInterceptors.interceptForward(service.bindService(), new RuleInterceptor(checker));
    // Armeria needs the message types, for JSON, and maps what its own parsing throws.
    ServerServiceDefinition parsed = door == Door.HTTP ? checked : LateParsing.of(checked);
    List<ServerInterceptor> outside = new ArrayList<>();
    outside.add(new RequestMeter(registry, door.tag()));
    outside.add(new StatusInterceptor());
    outside.addAll(List.of(guards));
    return ServerInterceptors.interceptForward(parsed, outside);
  }
}
