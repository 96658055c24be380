package dev.whileaway.aggregator.edge.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.docs.DocService;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.grpc.GrpcServiceBuilder;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingOptions;
import dev.whileaway.aggregator.DaemonSettings;
import dev.whileaway.aggregator.DaemonSettings.Tls;
import dev.whileaway.aggregator.edge.BusyPort;
import dev.whileaway.aggregator.edge.Health;
import dev.whileaway.aggregator.edge.auth.ApiKeys;
import dev.whileaway.aggregator.edge.pages.PageDoor;
import dev.whileaway.aggregator.edge.status.Statuses;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.handler.ssl.ClientAuth;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/// The HTTP port: the same services as JSON, by the `google.api.http` rules of the protos. It costs
/// twice the CPU of the gRPC port for each call: it is the door for people and for languages that
/// gRPC does not suit.
public final class HttpDoor implements AutoCloseable {

  static final int REQUEST_BYTES_MAX = 8 * 1024 * 1024;
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration QUIET = Duration.ofMillis(100);
  private static final Duration DRAIN = Duration.ofSeconds(3);

  private final Server server;

  private HttpDoor(Server server) {
    this.server = server;
  }

  /// @param services behind the interceptors of this door
  public static HttpDoor open(
      DaemonSettings settings,
      List<ServerServiceDefinition> services,
      ApiKeys keys,
      Health health,
      PrometheusMeterRegistry registry,
      Optional<PageDoor> pages)
      throws IOException {
    JsonErrors errors = new JsonErrors();
    ServerBuilder builder = Server.builder();
    listen(settings, builder);
    builder
        .maxRequestLength(REQUEST_BYTES_MAX)
        .requestTimeout(REQUEST_TIMEOUT)
        .gracefulShutdownTimeout(QUIET, DRAIN)
        .errorHandler(errors)
        // Refusals are ordinary, and bugs are logged with their incident.
        .unloggedExceptionsReportInterval(Duration.ZERO)
        .service(grpc(services, errors))
        .service("/health", (ctx, req) -> HealthPage.of(health.look()))
        .service("/metrics", metrics(registry))
        .serviceUnder("/docs", docs())
        .service("/", (ctx, req) -> HttpResponse.ofRedirect("/docs/"))
        .decorator(BodyGuard::serve)
        .decorator(QueryGuard::serve)
        .decorator(new KeyGuard(keys)::serve);
    pages.ifPresent(some -> some.addTo(builder));
    return start(settings, builder.build());
  }

  private static void listen(DaemonSettings settings, ServerBuilder builder) {
    InetSocketAddress address =
        new InetSocketAddress(settings.http().host(), settings.http().port());
    builder.port(
        address, settings.tls().isPresent() ? SessionProtocol.HTTPS : SessionProtocol.HTTP);
    settings.tls().ifPresent(tls -> secure(tls, builder));
  }

  private static void secure(Tls tls, ServerBuilder builder) {
    builder.tls(tls.certificate().toFile(), tls.key().toFile());
    tls.clientCa()
        .ifPresent(ca ->
            builder.tlsCustomizer(
                context -> context.trustManager(ca.toFile()).clientAuth(ClientAuth.REQUIRE)));
  }

  private static GrpcService grpc(List<ServerServiceDefinition> services, JsonErrors errors) {
    GrpcServiceBuilder builder = GrpcService.builder();
    services.forEach(builder::addService);
    return builder
        .maxRequestMessageLength(REQUEST_BYTES_MAX)
        .jsonMarshallerFactory(service -> new StrictJson())
        .enableUnframedRequests(true)
        .unframedGrpcErrorHandler(errors)
        .enableHttpJsonTranscoding(
            HttpJsonTranscodingOptions.builder().errorHandler(errors).build())
        .exceptionHandler((ctx, status, cause, metadata) -> {
          StatusRuntimeException mapped = Statuses.of(cause);
          if (mapped.getTrailers() != null) {
            metadata.merge(mapped.getTrailers());
          }
          return mapped.getStatus();
        })
        .build();
  }

  private static HttpService metrics(PrometheusMeterRegistry registry) {
    MediaType text = MediaType.parse("text/plain; version=0.0.4; charset=utf-8");
    // Rendering takes milliseconds: not on the event loop.
    return (ctx, req) ->
        HttpResponse.of(
            () -> HttpResponse.of(HttpStatus.OK, text, HttpData.ofUtf8(registry.scrape())),
            ctx.blockingTaskExecutor());
  }

  private static DocService docs() {
    return DocService.builder().webAppTitle("Whileaway").build();
  }

  private static HttpDoor start(DaemonSettings settings, Server server) throws IOException {
    try {
      server.start().join();
      return new HttpDoor(server);
    } catch (CompletionException e) {
      server.close();
      if (e.getCause() instanceof IOException cannotListen) {
        throw BusyPort.explained("http", settings.http(), cannotListen);
      }
      throw e;
    }
  }

  public int port() {
    return server.activeLocalPort();
  }

  /// Takes no new requests, and waits a bounded time for those begun.
  @Override
  public void close() {
    server.close();
  }
}
