package dev.whileaway.aggregator.edge;

import dev.whileaway.aggregator.DaemonSettings;
import dev.whileaway.aggregator.DaemonSettings.Tls;
import dev.whileaway.aggregator.edge.auth.ApiKeys;
import dev.whileaway.aggregator.edge.auth.AuthInterceptor;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The gRPC port. Handlers run on the transport's threads, which therefore must never wait.
final class GrpcDoor implements AutoCloseable {

  /// A Report of 1,000 events with 4 KB of data each fits.
  static final int MESSAGE_BYTES_MAX = 8 * 1024 * 1024;

  private static final int HEADER_BYTES_MAX = 16 * 1024;
  private static final int CALLS_PER_CONNECTION_MAX = 4096;
  private static final Duration CLIENT_KEEP_ALIVE_MIN = Duration.ofSeconds(10);
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(2);
  private static final Duration KEEP_ALIVE_TIMEOUT = Duration.ofSeconds(20);

  private final Server server;

  private GrpcDoor(Server server) {
    this.server = server;
  }

  static GrpcDoor open(DaemonSettings settings, Services services, Health health)
      throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(settings.grpc().host(), settings.grpc().port());
    AuthInterceptor auth = new AuthInterceptor(new ApiKeys(settings.apiKeys()));
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address, credentials(settings))
            .directExecutor()
            .maxInboundMessageSize(MESSAGE_BYTES_MAX)
            .maxInboundMetadataSize(HEADER_BYTES_MAX)
            .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION_MAX)
            .permitKeepAliveTime(CLIENT_KEEP_ALIVE_MIN.toSeconds(), TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .keepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
            .keepAliveTimeout(KEEP_ALIVE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    services.behind(Door.GRPC, auth).forEach(builder::addService);
    builder.addService(services.behind(health.manager().getHealthService(), Door.GRPC, auth));
    builder.addService(services.behind(ProtoReflectionServiceV1.newInstance(), Door.GRPC, auth));
    return new GrpcDoor(start(settings, builder.build()));
  }

  private static Server start(DaemonSettings settings, Server server) throws IOException {
    try {
      return server.start();
    } catch (IOException e) {
      throw BusyPort.explained("grpc", settings.grpc(), e);
    }
  }

  private static ServerCredentials credentials(DaemonSettings settings) throws IOException {
    if (settings.tls().isEmpty()) {
      return InsecureServerCredentials.create();
    }
    Tls tls = settings.tls().get();
    TlsServerCredentials.Builder credentials =
        TlsServerCredentials.newBuilder()
            .keyManager(tls.certificate().toFile(), tls.key().toFile());
    if (tls.clientCa().isPresent()) {
      credentials
          .trustManager(tls.clientCa().get().toFile())
          .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE);
    }
    return credentials.build();
  }

  int port() {
    return server.getPort();
  }

  /// Takes no new calls.
  void shutdown() {
    server.shutdown();
  }

  /// Waits a bounded time for calls that have begun, then ends them.
  @Override
  public void close() {
    Draining.close(server);
  }
}
