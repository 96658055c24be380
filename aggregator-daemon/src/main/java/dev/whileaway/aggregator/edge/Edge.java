package dev.whileaway.aggregator.edge;

import dev.whileaway.aggregator.DaemonSettings;
import dev.whileaway.aggregator.edge.auth.ApiKeys;
import dev.whileaway.aggregator.edge.auth.AuthInterceptor;
import dev.whileaway.aggregator.edge.http.HttpDoor;
import dev.whileaway.aggregator.edge.meter.PresenceMeters;
import dev.whileaway.aggregator.edge.meter.ProcessMeters;
import dev.whileaway.aggregator.edge.meter.ShardSampler;
import dev.whileaway.aggregator.edge.meter.SuppressionMeters;
import dev.whileaway.aggregator.edge.pages.PageDoor;
import dev.whileaway.aggregator.edge.pages.UserPages;
import dev.whileaway.aggregator.log.ShardLog;
import dev.whileaway.aggregator.suppression.SuppressionList;
import dev.whileaway.presence.PresenceStore;
import dev.whileaway.templates.Catalogue;
import io.grpc.Channel;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/// All doors of a daemon, open. Whoever gave the log, the store and the list closes them, after
/// this.
public final class Edge implements AutoCloseable {

  private final Health health;
  private final Housekeeping housekeeping;
  private final PrometheusMeterRegistry registry;
  private final ProcessMeters process;
  private final LocalDoor local;
  private final GrpcDoor grpc;
  private final HttpDoor http;

  private Edge(
      Health health,
      Housekeeping housekeeping,
      PrometheusMeterRegistry registry,
      ProcessMeters process,
      LocalDoor local,
      GrpcDoor grpc,
      HttpDoor http) {
    this.health = health;
    this.housekeeping = housekeeping;
    this.registry = registry;
    this.process = process;
    this.local = local;
    this.grpc = grpc;
    this.http = http;
  }

  /// @throws IllegalArgumentException if the settings would expose an unprotected port
  public static void requireProtected(DaemonSettings settings) {
    Exposure.check(settings);
  }

  /// Returns once every port answers.
  ///
  /// @param pages behind the links of mails; not set: mails have no such links
  /// @throws IOException if a port cannot be opened, or a TLS file not be read
  /// @throws IllegalArgumentException if the settings would expose an unprotected port
  public static Edge open(
      DaemonSettings settings,
      ShardLog log,
      PresenceStore presence,
      SuppressionList suppressions,
      Catalogue catalogue,
      Optional<UserPages> pages,
      InstantSource clock)
      throws IOException {
    requireProtected(settings);
    Readable.check(settings);
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var services = new Services(settings, log, presence, suppressions, catalogue, clock, registry);
    var health = new Health(log);
    LocalDoor local = LocalDoor.open(services, health);
    GrpcDoor grpc = null;
    try {
      grpc = GrpcDoor.open(settings, services, health);
      HttpDoor http = openHttp(settings, services, health, registry, door(pages, local));
      var sampler = new ShardSampler(log, clock, registry);
      PresenceMeters.register(presence, registry);
      SuppressionMeters.register(suppressions, registry);
      var housekeeping = new Housekeeping(sampler, presence, settings.presence().keepFor(), clock);
      housekeeping.start();
      var process = new ProcessMeters(registry);
      return new Edge(health, housekeeping, registry, process, local, grpc, http);
    } catch (IOException | RuntimeException e) {
      if (grpc != null) {
        grpc.close();
      }
      local.close();
      throw e;
    }
  }

  private static HttpDoor openHttp(
      DaemonSettings settings,
      Services services,
      Health health,
      PrometheusMeterRegistry registry,
      Optional<PageDoor> pages)
      throws IOException {
    ApiKeys keys = new ApiKeys(settings.apiKeys());
    return HttpDoor.open(
        settings,
        services.behind(Door.HTTP, new AuthInterceptor(keys)),
        keys,
        health,
        registry,
        pages);
  }

  private static Optional<PageDoor> door(Optional<UserPages> pages, LocalDoor local) {
    return pages.map(some -> new PageDoor(some, local.channel()));
  }

  public int grpcPort() {
    return grpc.port();
  }

  public int httpPort() {
    return http.port();
  }

  public Channel localChannel() {
    return local.channel();
  }

  public PrometheusMeterRegistry metrics() {
    return registry;
  }

  /// Takes no new calls, and gives those begun a few seconds. The local door closes last: a worker
  /// in this process may have answers to give.
  @Override
  public void close() {
    health.stop();
    housekeeping.close();
    grpc.shutdown();
    http.close();
    grpc.close();
    local.close();
    process.close();
    registry.close();
  }
}
