package dev.whileaway.testkit.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.whileaway.testkit.tls.SelfSigned;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// The Apple Push Notification service on 127.0.0.1: HTTP/2 over TLS, pushes signed by
/// [#signingKeyPem]. It takes every push that keeps Apple's rules, unless it was told otherwise.
///
/// A client has to negotiate HTTP/2 (ALPN), connect to [#host] and trust [#trustedPem].
public final class FakeApns implements AutoCloseable {

  private static final int PAYLOAD_BYTES_MAX = 4096;
  private static final int COLLAPSE_ID_BYTES_MAX = 64;
  private static final String TOPIC = "org.example.app";

  private final SelfSigned certificate = SelfSigned.of(SelfSigned.LOCALHOST);
  private final ApnsKey key = ApnsKey.generate();
  private final FakeProvider provider;

  private FakeApns() {
    provider =
        new FakeProvider(
            Server.builder()
                .https(FakeProvider.anyPort())
                .tls(certificate.keyPair())
                .service("/3/device/{token}", FakeProvider.whole(this::answer)));
  }

  public static FakeApns start() {
    return new FakeApns();
  }

  public String host() {
    return SelfSigned.LOCALHOST;
  }

  public int port() {
    return provider.port();
  }

  /// The certificate to trust.
  public String trustedPem() {
    return certificate.pem();
  }

  /// The key to sign with, as a .p8 file has it.
  public String signingKeyPem() {
    return key.pem();
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

  /// Says what happens to the next pushes to a token.
  public void when(String token, PushBehaviour behaviour) {
    provider.script.when(token, behaviour);
  }

  /// Says what happens to pushes to tokens that [#when] does not name.
  public void otherwise(PushBehaviour behaviour) {
    provider.script.otherwise(behaviour);
  }

  /// The pushes taken, oldest first.
  public List<ReceivedPush> pushes() {
    return provider.pushes.all();
  }

  /// How many pushes were ever taken.
  public long count() {
    return provider.pushes.count();
  }

  /// Calls `listener` for each push, before its sender has the answer.
  public void onPush(Consumer<ReceivedPush> listener) {
    provider.pushes.onAdd(listener);
  }

  @Override
  public void close() {
    provider.close();
  }

  private HttpResponse answer(ServiceRequestContext context, AggregatedHttpRequest request) {
    var broken = brokenRule(request);
    if (broken.isPresent()) {
      return rejected(broken.get(), Optional.empty());
    }
    var token = context.pathParam("token");
    var push = FakeProvider.received(token, request);
    return switch (provider.script.of(token)) {
      case PushBehaviour.Accept() -> {
        provider.pushes.add(push);
        yield HttpResponse.of(
            ResponseHeaders.builder(200)
                .set("apns-id", request.headers().get("apns-id", UUID.randomUUID().toString()))
                .build());
      }
      case PushBehaviour.Hang() -> {
        provider.pushes.add(push);
        yield FakeProvider.silence();
      }
      case PushBehaviour.Close() -> {
        provider.pushes.add(push);
        yield FakeProvider.hangUp(context);
      }
      case PushBehaviour.Unregistered(var since) ->
          rejected(
              new PushBehaviour.Refuse(410, "Unregistered", Optional.empty()),
              Optional.of(since.toEpochMilli()));
      case PushBehaviour.Refuse refusal -> rejected(refusal, Optional.empty());
    };
  }

  private Optional<PushBehaviour.Refuse> brokenRule(AggregatedHttpRequest request) {
    var headers = request.headers();
    if (!key.signed(headers.get("authorization", ""))) {
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
