package dev.whileaway.ops.cli;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which `serve` a command asks, and how.
final class ServerOptions {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:WHILEAWAY_SERVER:-127.0.0.1:7400}",
      description = "The gRPC port of a running serve; ${DEFAULT-VALUE} unless given.")
  private String server = "";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "An API key, if the server wants one; better by the variable WHILEAWAY_KEY.")
  private @Nullable String key;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "Speak TLS, and trust the certificates in this PEM file.")
  private @Nullable Path tlsCa;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  boolean json() {
    return json;
  }

  String server() {
    return server;
  }

  ManagedChannel connect() throws CommandFailure {
    if (!server.matches("(\\[[0-9a-fA-F:]+]|[^:\\s]+):\\d{1,5}")) {
      throw CommandFailure.badInput(
          "--server: expected HOST:PORT, such as 127.0.0.1:7400, but found " + server);
    }
    NettyChannelBuilder builder = NettyChannelBuilder.forTarget("dns:///" + server);
    String secret = key != null ? key : System.getenv("WHILEAWAY_KEY");
    if (secret != null && !secret.isEmpty()) {
      var headers = new Metadata();
      headers.put(AUTHORIZATION, "Bearer " + secret);
      builder.intercept(MetadataUtils.newAttachHeadersInterceptor(headers));
    }
    return withSecurity(builder).keepAliveTime(1, TimeUnit.MINUTES).build();
  }

  private NettyChannelBuilder withSecurity(NettyChannelBuilder builder) throws CommandFailure {
    if (tlsCa == null) {
      return builder.usePlaintext();
    }
    try {
      return builder.sslContext(GrpcSslContexts.forClient().trustManager(tlsCa.toFile()).build());
    } catch (SSLException | IllegalArgumentException e) {
      throw CommandFailure.badInput(
          "--tls-ca: expected a PEM file with certificates, but found " + tlsCa);
    }
  }
}
