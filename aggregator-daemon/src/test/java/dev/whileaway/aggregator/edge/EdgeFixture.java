package dev.whileaway.aggregator.edge;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.whileaway.aggregator.DaemonSettings;
import dev.whileaway.aggregator.DaemonSettings.ApiKey;
import dev.whileaway.aggregator.DaemonSettings.Limits;
import dev.whileaway.aggregator.DaemonSettings.Listen;
import dev.whileaway.aggregator.DaemonSettings.Tls;
import dev.whileaway.aggregator.edge.pages.UserPages;
import dev.whileaway.aggregator.log.MemoryShardLog;
import dev.whileaway.aggregator.log.ShardLog;
import dev.whileaway.aggregator.shard.ShardLimits;
import dev.whileaway.aggregator.suppression.SuppressionList;
import dev.whileaway.presence.HeapPresenceStore;
import dev.whileaway.presence.OnlineRule;
import dev.whileaway.presence.PresenceSettings;
import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.Templates;
import dev.whileaway.templates.token.UserLinks;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Every door on loopback sockets, over shards in memory.
final class EdgeFixture implements AutoCloseable {

  final MovableClock clock;
  final ShardLog log;
  final HeapPresenceStore presence = new HeapPresenceStore();
  final SuppressionList suppressions;
  final Edge edge;
  final ManagedChannel channel;
  private final HttpClient http = HttpClient.newHttpClient();

  EdgeFixture() throws IOException {
    this(settings(List.of(), Optional.empty()));
  }

  EdgeFixture(DaemonSettings settings) throws IOException {
    this(settings, new MovableClock());
  }

  private EdgeFixture(DaemonSettings settings, MovableClock clock) throws IOException {
    this(settings, clock, new MemoryShardLog(4, ShardLimits.STANDARD, clock));
  }

  EdgeFixture(DaemonSettings settings, MovableClock clock, ShardLog log) throws IOException {
    this(settings, clock, log, Catalogues.STANDARD, Optional.empty());
  }

  private EdgeFixture(
      DaemonSettings settings,
      MovableClock clock,
      ShardLog log,
      Catalogue catalogue,
      Optional<UserPages> pages)
      throws IOException {
    this.clock = clock;
    this.log = log;
    suppressions = TemporaryList.open();
    edge = Edge.open(settings, log, presence, suppressions, catalogue, pages, clock);
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + edge.grpcPort(), InsecureChannelCredentials.create())
            .build();
  }

  /// With the pages behind the links of mails.
  static EdgeFixture with(UserLinks links, Templates templates, List<ApiKey> keys)
      throws IOException {
    var clock = new MovableClock();
    return new EdgeFixture(
        settings(keys, Optional.empty()),
        clock,
        new MemoryShardLog(4, ShardLimits.STANDARD, clock),
        templates.catalogue(),
        Optional.of(new UserPages(links, templates.pages())));
  }

  static DaemonSettings settings(List<ApiKey> keys, Optional<Tls> tls) {
    return settings("127.0.0.1", keys, tls, false);
  }

  static DaemonSettings settings(
      String host, List<ApiKey> keys, Optional<Tls> tls, boolean insecure) {
    return new DaemonSettings(
        Path.of("unused"),
        "node-1",
        4,
        DaemonSettings.Log.LOCAL,
        new Listen(host, 0),
        new Listen(host, 0),
        tls,
        keys,
        insecure,
        new Limits(200, 100_000, 30),
        new PresenceSettings(
            Path.of("unused"), 1000, Duration.ofDays(30), OnlineRule.STANDARD, Duration.ofDays(1)));
  }

  static ApiKey key(String text, DaemonSettings.ApiRole role) {
    return new ApiKey("key-of-" + role, text, Set.of(role));
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(request(path, headers).GET().build());
  }

  HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    return send(
        request(path, headers)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  HttpResponse<String> put(String path, String body) throws Exception {
    return send(
        request(path)
            .header("content-type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  HttpResponse<String> delete(String path) throws Exception {
    return send(request(path).DELETE().build());
  }

  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.httpPort() + path))
            .timeout(Duration.ofSeconds(20));
    return headers.length == 0 ? request : request.headers(headers);
  }

  HttpResponse<String> send(HttpRequest request) throws Exception {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    channel.shutdownNow();
    http.shutdownNow();
    edge.close();
    suppressions.close();
    log.close();
    presence.close();
  }

  static List<String> fields(StatusRuntimeException refused) {
    return detail(refused, BadRequest.class).orElseThrow().getFieldViolationsList().stream()
        .map(BadRequest.FieldViolation::getField)
        .toList();
  }

  static String reason(StatusRuntimeException refused) {
    return detail(refused, ErrorInfo.class).orElseThrow().getReason();
  }

  static Optional<RetryInfo> retry(StatusRuntimeException refused) {
    return detail(refused, RetryInfo.class);
  }

  static <M extends com.google.protobuf.Message> Optional<M> detail(
      StatusRuntimeException refused, Class<M> type) {
    return StatusProto.fromThrowable(refused).getDetailsList().stream()
        .filter(any -> any.is(type))
        .map(any -> {
          try {
            return any.unpack(type);
          } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
          }
        })
        .findFirst();
  }
}
