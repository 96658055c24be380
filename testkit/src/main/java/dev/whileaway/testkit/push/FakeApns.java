package dev.whileaway.testkit.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.whileaway.testkit.tls.SelfSigned;
import io.netty.handler.ssl.ClientAuth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLPeerUnverifiedException;

/// The Apple Push Notification service on 127.0.0.1: HTTP/2 over TLS, pushes signed by
/// [#signingKeyPem], or on a connection that shows [#clientCertificate]. It takes every push that
/// keeps Apple's rules, unless it was told otherwise.
///
/// A client has to negotiate HTTP/2 (ALPN), connect to [#host] and trust [#trustedPem].
public final class FakeApns extends FakePushes {

  private static final int PAYLOAD_BYTES_MAX = 4096;
  private static final int COLLAPSE_ID_BYTES_MAX = 64;

  /// The only topic that is taken.
  public static final String TOPIC = "org.example.app";

  private final SelfSigned certificate = SelfSigned.of(SelfSigned.LOCALHOST);
  private final SelfSigned client = SelfSigned.of("app.example.org");
  private final ApnsKey key = ApnsKey.generate();
  private final FakeProvider provider;
  private volatile String lastGood = "";

  private FakeApns(int port) {
    provider =
        new FakeProvider(
            Server.builder()
                .https(FakeProvider.address(port))
                .tls(certificate.keyPair())
                .tlsCustomizer(
                    tls -> tls.clientAuth(ClientAuth.OPTIONAL).trustManager(client.certificate()))
                .service("/3/device/{token}", FakeProvider.whole(this::answer)));
  }

  public static FakeApns start() {
    return start(0);
  }

  /// @param port zero: any free one
  public static FakeApns start(int port) {
    return new FakeApns(port);
  }

  public String host() {
    return SelfSigned.LOCALHOST;
  }

  /// The certificate to trust.
  public String trustedPem() {
    return certificate.pem();
  }

  /// The key to sign with, as a .p8 file has it.
  public String signingKeyPem() {
    return key.pem();
  }

  /// The app's certificate with its key, as PKCS #12.
  public byte[] clientCertificate(String password) {
    return client.pkcs12(password);
  }

  public String keyId() {
    return ApnsKey.KEY_ID;
  }

  public String teamId() {
    return ApnsKey.TEAM_ID;
  }

  /// The only topic that is taken.
  public String topic() {
    return TOPIC;
  }

  @Override
  FakeProvider provider() {
    return provider;
  }

  @Override
  public String settings(Path folder) throws IOException {
    return """
      apns:
        - app: %s
          host: %s
          port: %d
          topic: %s
          signing-key: '%s'
          key-id: %s
          team-id: %s
          trusted: '%s'
    """
        .formatted(
            TOPIC,
            host(),
            port(),
            TOPIC,
            Files.writeString(folder.resolve("apns.p8"), signingKeyPem()),
            keyId(),
            teamId(),
            Files.writeString(folder.resolve("apns.pem"), trustedPem()));
  }

  private HttpResponse answer(ServiceRequestContext context, AggregatedHttpRequest request) {
    var broken = brokenRule(context, request);
    if (broken.isPresent()) {
      return rejected(broken.get(), Optional.empty());
    }
    return provider.answer(
        context,
        FakeProvider.received(context.pathParam("token"), request, request.contentUtf8()),
        new Words());
  }

  /// What APNs says.
  private static final class Words implements FakeProvider.Words {

    @Override
    public HttpResponse accepted(ReceivedPush push, long number) {
      return HttpResponse.of(
          ResponseHeaders.builder(200)
              .set("apns-id", push.headers().getOrDefault("apns-id", UUID.randomUUID().toString()))
              .build());
    }

    @Override
    public HttpResponse unregistered(Instant since) {
      return rejected(
          new PushBehaviour.Refuse(410, "Unregistered", Optional.empty()),
          Optional.of(since.toEpochMilli()));
    }

    @Override
    public HttpResponse refused(PushBehaviour.Refuse refusal) {
      return rejected(refusal, Optional.empty());
    }
  }

  private Optional<PushBehaviour.Refuse> brokenRule(
      ServiceRequestContext context, AggregatedHttpRequest request) {
    var headers = request.headers();
    if (!signed(headers.get("authorization", "")) && !showsCertificate(context)) {
      return refuse(403, "InvalidProviderToken");
    }
    if (!headers.get("apns-topic", "").equals(TOPIC)) {
      return refuse(400, "BadTopic");
    }
    if (headers.get("apns-collapse-id", "").getBytes(UTF_8).length > COLLAPSE_ID_BYTES_MAX) {
      return refuse(400, "BadCollapseId");
    }
    return request.content().length() > PAYLOAD_BYTES_MAX
        ? refuse(413, "PayloadTooLarge")
        : Optional.empty();
  }

  /// A client shows the same token for up to an hour, and a look at it costs more than a push.
  private boolean signed(String authorization) {
    boolean good = authorization.equals(lastGood) || key.signed(authorization);
    if (good) {
      lastGood = authorization;
    }
    return good;
  }

  /// One that is not ours does not get as far.
  private static boolean showsCertificate(ServiceRequestContext context) {
    try {
      var session = context.sslSession();
      return session != null && session.getPeerCertificates().length > 0;
    } catch (SSLPeerUnverifiedException _) {
      return false;
    }
  }

  private static Optional<PushBehaviour.Refuse> refuse(int status, String reason) {
    return Optional.of(new PushBehaviour.Refuse(status, reason, Optional.empty()));
  }

  private static HttpResponse rejected(PushBehaviour.Refuse refusal, Optional<Long> sinceMillis) {
    return FakeProvider.json(
        FakeProvider.headers(refusal),
        "{\"reason\":\"%s\"%s}"
            .formatted(
                refusal.reason(),
                sinceMillis.map(millis -> ",\"timestamp\":" + millis).orElse("")));
  }
}
