package dev.whileaway.aggregator.edge;

import static dev.whileaway.aggregator.edge.EdgeFixture.key;
import static dev.whileaway.aggregator.edge.EdgeFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.util.Durations;
import com.linecorp.armeria.common.TlsKeyPair;
import dev.whileaway.aggregator.DaemonSettings.ApiKey;
import dev.whileaway.aggregator.DaemonSettings.ApiRole;
import dev.whileaway.aggregator.DaemonSettings.Tls;
import dev.whileaway.v1.AdminServiceGrpc;
import dev.whileaway.v1.DigestServiceGrpc;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.GetBacklogRequest;
import dev.whileaway.v1.GetProfilesRequest;
import dev.whileaway.v1.ListShardsRequest;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.PullDueRequest;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys, roles, TLS, and the rule of listening beyond this machine.
class ProtectionTest {

  private static final List<ApiKey> KEYS =
      List.of(
          key("reporter-key", ApiRole.REPORTER),
          key("worker-key", ApiRole.WORKER),
          key("admin-key", ApiRole.ADMIN));

  private static EdgeFixture fixture;

  @BeforeAll
  static void open() throws Exception {
    fixture = new EdgeFixture(settings(KEYS, Optional.empty()));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource({
    "reporter-key, OK, PERMISSION_DENIED, OK, PERMISSION_DENIED",
    "worker-key, PERMISSION_DENIED, OK, OK, PERMISSION_DENIED",
    "admin-key, OK, OK, OK, OK",
    "other-key, UNAUTHENTICATED, UNAUTHENTICATED, UNAUTHENTICATED, UNAUTHENTICATED",
    "'', UNAUTHENTICATED, UNAUTHENTICATED, UNAUTHENTICATED, UNAUTHENTICATED",
  })
  void grpc_asksForTheRole(String key, Code event, Code digest, Code readProfile, Code admin)
      throws Exception {
    var backlog = GetBacklogRequest.newBuilder().setUser("anna").build();
    var pull =
        PullDueRequest.newBuilder()
            .setWorker("w")
            .setLimit(1)
            .setLeaseTtl(Durations.fromSeconds(1))
            .build();
    var profiles = GetProfilesRequest.newBuilder().addUsers("anna").build();

    assertThat(
            code(() ->
                with(key, EventServiceGrpc.newBlockingStub(fixture.channel)).getBacklog(backlog)))
        .isEqualTo(event);
    assertThat(
            code(() -> with(key, DigestServiceGrpc.newBlockingStub(fixture.channel)).pullDue(pull)))
        .isEqualTo(digest);
    assertThat(
            code(() ->
                with(key, ProfileServiceGrpc.newBlockingStub(fixture.channel))
                    .getProfiles(profiles)))
        .isEqualTo(readProfile);
    assertThat(
            code(() ->
                with(key, AdminServiceGrpc.newBlockingStub(fixture.channel))
                    .listShards(ListShardsRequest.getDefaultInstance())))
        .isEqualTo(admin);
  }

  @Test
  void tlsFile_missingOrNoPem_isNamedByItsKey(@TempDir Path folder) throws Exception {
    Path missing = folder.resolve("none.pem");
    Path text = Files.writeString(folder.resolve("text.pem"), "no PEM");

    assertThatThrownBy(() -> open(new Tls(missing, missing, Optional.empty())))
        .isInstanceOf(IOException.class)
        .hasMessage("tls.certificate: expected a PEM file, but found none at " + missing);
    assertThatThrownBy(() -> open(new Tls(text, missing, Optional.empty())))
        .hasMessage("tls.certificate: expected a PEM file, but found something else at " + text);
    assertThatThrownBy(() -> open(new Tls(folder, missing, Optional.empty())))
        .hasMessageStartingWith("tls.certificate: expected a PEM file that this process may read");
  }

  private static EdgeFixture open(Tls tls) throws IOException {
    return new EdgeFixture(EdgeFixture.settings(List.of(), Optional.of(tls)));
  }

  @Test
  void grpc_refusal_saysWhatIsMissing_andNeverTheKey() throws Exception {
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                with("worker-key", EventServiceGrpc.newBlockingStub(fixture.channel))
                    .getBacklog(GetBacklogRequest.getDefaultInstance()));

    assertThat(EdgeFixture.reason(refused)).isEqualTo("ROLE_MISSING");
    assertThat(refused.getMessage())
        .contains("REPORTER", "key-of-WORKER")
        .doesNotContain("worker-key");
  }

  @Test
  void grpc_healthIsOpenToAnyKey() throws Exception {
    var health = HealthCheckRequest.getDefaultInstance();

    assertThat(
            code(() ->
                with("worker-key", HealthGrpc.newBlockingStub(fixture.channel)).check(health)))
        .isEqualTo(Code.OK);
    assertThat(code(() -> HealthGrpc.newBlockingStub(fixture.channel).check(health)))
        .isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void http_asksForKeyAndRole() throws Exception {
    String path = "/v1/users/anna/why";

    assertThat(fixture.get(path).statusCode()).isEqualTo(401);
    assertThat(fixture.get(path).body()).contains("KEY_MISSING");
    assertThat(fixture.post("/v1/events:report", "broken").statusCode())
        .as("before anything is parsed")
        .isEqualTo(401);
    assertThat(fixture.get(path, "authorization", "Bearer wrong").statusCode()).isEqualTo(401);
    assertThat(fixture.get(path, "authorization", "Bearer reporter-key").statusCode())
        .isEqualTo(403);
    assertThat(fixture.get(path, "authorization", "Bearer admin-key").statusCode()).isEqualTo(200);
  }

  @Test
  void http_healthIsOpen_pagesForPeopleTakeThePassword() throws Exception {
    String password =
        "Basic "
            + Base64.getEncoder().encodeToString("me:admin-key".getBytes(StandardCharsets.UTF_8));

    assertThat(fixture.get("/health").statusCode()).isEqualTo(200);
    assertThat(fixture.get("/metrics").statusCode()).isEqualTo(401);
    assertThat(fixture.get("/docs/").headers().firstValue("www-authenticate").orElseThrow())
        .startsWith("Basic");
    assertThat(fixture.get("/metrics", "authorization", "Bearer worker-key").statusCode())
        .isEqualTo(200);
    assertThat(fixture.get("/docs/", "authorization", password).statusCode()).isEqualTo(200);
    assertThat(fixture.get("/v1/shards", "authorization", password).statusCode()).isEqualTo(401);
  }

  @Test
  void tls_encryptsBothPorts(@TempDir Path folder) throws Exception {
    Certificate certificate = Certificate.make(folder, "server");
    Tls tls = new Tls(certificate.file(), certificate.key(), Optional.empty());
    try (var fixture = new EdgeFixture(settings(KEYS, Optional.of(tls)))) {
      ChannelCredentials trusting =
          TlsChannelCredentials.newBuilder().trustManager(certificate.file().toFile()).build();

      assertThat(backlog(fixture, trusting)).isEqualTo(Code.OK);
      assertThat(healthOverHttps(fixture, certificate)).isEqualTo(200);
    }
  }

  @Test
  void mutualTls_refusesAClientWithoutCertificate(@TempDir Path folder) throws Exception {
    Certificate server = Certificate.make(folder, "server");
    Certificate client = Certificate.make(folder, "client");
    Tls tls = new Tls(server.file(), server.key(), Optional.of(client.file()));
    try (var fixture = new EdgeFixture(settings(KEYS, Optional.of(tls)))) {
      var trusting = TlsChannelCredentials.newBuilder().trustManager(server.file().toFile());

      assertThat(backlog(fixture, trusting.build())).isEqualTo(Code.UNAVAILABLE);
      assertThat(
              backlog(
                  fixture,
                  trusting.keyManager(client.file().toFile(), client.key().toFile()).build()))
          .isEqualTo(Code.OK);
      assertThatThrownBy(() -> healthOverHttps(fixture, server)).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "name.invalid", ""})
  void beyondLoopback_withoutProtection_isRefusedInWords(String host) {
    assertThatThrownBy(
            () -> Edge.requireProtected(settings(host, List.of(), Optional.empty(), false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("grpc.host")
        .hasMessageContaining("`tls`")
        .hasMessageContaining("`api-keys`")
        .hasMessageContaining("`insecure: true`");
  }

  @Test
  void beyondLoopback_halfProtected_saysWhichHalfIsMissing() {
    Tls tls = new Tls(Path.of("c"), Path.of("k"), Optional.empty());

    assertThatThrownBy(
            () -> Edge.requireProtected(settings("0.0.0.0", List.of(), Optional.of(tls), false)))
        .hasMessageContaining("found no api-keys");
    assertThatThrownBy(
            () -> Edge.requireProtected(settings("0.0.0.0", KEYS, Optional.empty(), false)))
        .hasMessageContaining("found no tls");
  }

  @Test
  void beyondLoopback_protectedOrSaidInWords_isAllowed() {
    Tls tls = new Tls(Path.of("c"), Path.of("k"), Optional.empty());

    assertThatCode(
            () -> {
              Edge.requireProtected(settings("0.0.0.0", KEYS, Optional.of(tls), false));
              Edge.requireProtected(settings("0.0.0.0", List.of(), Optional.empty(), true));
              Edge.requireProtected(settings("localhost", List.of(), Optional.empty(), false));
              Edge.requireProtected(settings("::1", List.of(), Optional.empty(), false));
            })
        .doesNotThrowAnyException();
  }

  private static Code backlog(EdgeFixture fixture, ChannelCredentials credentials) {
    ManagedChannel channel =
        Grpc.newChannelBuilder("localhost:" + fixture.edge.grpcPort(), credentials).build();
    try {
      return code(() ->
          with("reporter-key", EventServiceGrpc.newBlockingStub(channel))
              .getBacklog(GetBacklogRequest.newBuilder().setUser("anna").build()));
    } finally {
      channel.shutdownNow();
    }
  }

  private static int healthOverHttps(EdgeFixture fixture, Certificate trusted) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(trusted.context()).build()) {
      URI uri = URI.create("https://localhost:" + fixture.edge.httpPort() + "/health");
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .statusCode();
    }
  }

  private static <S extends AbstractStub<S>> S with(String key, S stub) {
    if (key.isEmpty()) {
      return stub;
    }
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static Code code(Runnable call) {
    try {
      call.run();
      return Code.OK;
    } catch (StatusRuntimeException refused) {
      return refused.getStatus().getCode();
    }
  }

  /// A self-signed certificate for localhost, in PEM files.
  private record Certificate(TlsKeyPair pair, Path file, Path key) {

    static Certificate make(Path folder, String name) throws Exception {
      TlsKeyPair pair = TlsKeyPair.ofSelfSigned("localhost");
      Path file =
          Files.writeString(
              folder.resolve(name + ".pem"),
              pem("CERTIFICATE", pair.certificateChain().getFirst().getEncoded()));
      Path key =
          Files.writeString(
              folder.resolve(name + ".key"), pem("PRIVATE KEY", pair.privateKey().getEncoded()));
      return new Certificate(pair, file, key);
    }

    private static String pem(String what, byte[] der) {
      return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
          .formatted(
              what,
              Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                  .encodeToString(der),
              what);
    }

    SSLContext context() throws Exception {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry("server", pair.certificateChain().getFirst());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    }
  }
}
