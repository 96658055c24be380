package dev.whileaway.testkit.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whileaway.testkit.http.Answer;
import dev.whileaway.testkit.http.Request;
import dev.whileaway.testkit.http.ServerTls;
import dev.whileaway.testkit.tls.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

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

  /// A client has one token a connection at least, and shows each of them for up to an hour.
  private static final int TOKENS_KNOWN_MAX = 100;

  private static final String PATH = "/3/device/";

  private final SelfSigned certificate = SelfSigned.of(SelfSigned.LOCALHOST);
  private final SelfSigned client = SelfSigned.of("app.example.org");
  private final ApnsKey key = ApnsKey.generate();
  private final Set<String> tokensKnown = ConcurrentHashMap.newKeySet();
  private final FakeProvider.Words words = new Words();
  private final FakeProvider provider;

  private FakeApns(int port) {
    provider =
        new FakeProvider(
            port, Optional.of(ServerTls.of(certificate, client.certificate())), this::answer);
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
        - host: %s
          port: %d
          topic: %s
          signing-key: '%s'
          key-id: %s
          team-id: %s
          trusted: '%s'
    """
        .formatted(
            host(),
            port(),
            TOPIC,
            Files.writeString(folder.resolve("apns.p8"), signingKeyPem()),
            keyId(),
            teamId(),
            Files.writeString(folder.resolve("apns.pem"), trustedPem()));
  }

  private Answer answer(Request request) {
    var broken = brokenRule(request);
    return broken.isPresent()
        ? rejected(broken.get(), Optional.empty())
        : provider.answer(
            FakeProvider.received(request.path().substring(PATH.length()), request, request.text()),
            words);
  }

  /// What APNs says.
  private static final class Words implements FakeProvider.Words {

    @Override
    public Answer accepted(ReceivedPush push, long number) {
      String id = push.headers().get("apns-id");
      return Answer.empty(200, Map.of("apns-id", id == null ? UUID.randomUUID().toString() : id));
    }

    @Override
    public Answer unregistered(Instant since) {
      return rejected(PushBehaviour.refuse(410, "Unregistered"), Optional.of(since.toEpochMilli()));
    }

    @Override
    public Answer refused(PushBehaviour.Refuse refusal) {
      return rejected(refusal, Optional.empty());
    }
  }

  private Optional<PushBehaviour.Refuse> brokenRule(Request request) {
    if (!request.path().startsWith(PATH)) {
      return refuse(404, "BadPath");
    }
    if (!signed(request.header("authorization")) && !request.certified()) {
      return refuse(403, "InvalidProviderToken");
    }
    if (!request.header("apns-topic").equals(TOPIC)) {
      return refuse(400, "BadTopic");
    }
    if (request.header("apns-collapse-id").getBytes(UTF_8).length > COLLAPSE_ID_BYTES_MAX) {
      return refuse(400, "BadCollapseId");
    }
    return request.body().length > PAYLOAD_BYTES_MAX
        ? refuse(413, "PayloadTooLarge")
        : Optional.empty();
  }

  /// A look at a token costs more than a push.
  private boolean signed(String authorization) {
    if (tokensKnown.contains(authorization)) {
      return true;
    }
    boolean good = key.signed(authorization);
    if (good && tokensKnown.size() < TOKENS_KNOWN_MAX) {
      tokensKnown.add(authorization);
    }
    return good;
  }

  private static Optional<PushBehaviour.Refuse> refuse(int status, String reason) {
    return Optional.of(PushBehaviour.refuse(status, reason));
  }

  private static Answer rejected(PushBehaviour.Refuse refusal, Optional<Long> sinceMillis) {
    return FakeProvider.refused(
        refusal,
        "{\"reason\":\"%s\"%s}"
            .formatted(
                refusal.reason(),
                sinceMillis.map(millis -> ",\"timestamp\":" + millis).orElse("")));
  }
}
