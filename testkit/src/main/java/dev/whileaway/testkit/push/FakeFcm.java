package dev.whileaway.testkit.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Firebase Cloud Messaging, HTTP v1, on 127.0.0.1: it takes every push with a good bearer token,
/// unless it was told otherwise, and it issues tokens to its service account.
public final class FakeFcm implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROJECT = "fake-project";
  private static final String BEARER = "fake-bearer";
  private static final String ISSUED = "fake-issued-";

  private final FakeProvider provider;
  private final AtomicInteger tokensIssued = new AtomicInteger();
  private volatile boolean takesTokens = true;

  private FakeFcm() {
    provider =
        new FakeProvider(
            Server.builder()
                .http(FakeProvider.anyPort())
                .service(
                    "/v1/projects/" + PROJECT + "/messages:send", FakeProvider.whole(this::answer))
                .service("/token", (request, body) -> issueToken()));
  }

  public static FakeFcm start() {
    return new FakeFcm();
  }

  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + provider.port());
  }

  public String project() {
    return PROJECT;
  }

  /// A token that is always good.
  public String bearer() {
    return BEARER;
  }

  /// A service account's JSON key, whose tokens this server issues.
  public String serviceAccountJson() {
    try {
      var keys = KeyPairGenerator.getInstance("RSA");
      keys.initialize(2048);
      var key =
          Base64.getEncoder().encodeToString(keys.generateKeyPair().getPrivate().getEncoded());
      return JSON.writeValueAsString(
          Map.of(
              "type",
              "service_account",
              "project_id",
              PROJECT,
              "private_key_id",
              "1",
              "private_key",
              "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n",
              "client_email",
              "whileaway@" + PROJECT + ".iam.gserviceaccount.com",
              "client_id",
              "1",
              "token_uri",
              baseUrl() + "/token"));
    } catch (NoSuchAlgorithmException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Says what happens to the next pushes to a token.
  public void when(String token, PushBehaviour behaviour) {
    provider.script.when(token, behaviour);
  }

  /// Says what happens to pushes to tokens that [#when] does not name.
  public void otherwise(PushBehaviour behaviour) {
    provider.script.otherwise(behaviour);
  }

  /// From now on every bearer token is wrong.
  public void refuseTokens() {
    takesTokens = false;
  }

  /// The pushes taken, oldest first.
  public List<ReceivedPush> pushes() {
    return provider.pushes.all();
  }

  /// How many pushes were ever taken.
  public long count() {
    return provider.pushes.count();
  }

  /// How often the service account asked for a token.
  public int tokensIssued() {
    return tokensIssued.get();
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
    if (!authorized(request.headers().get(HttpHeaderNames.AUTHORIZATION, ""))) {
      return error(ResponseHeaders.of(401), "UNAUTHENTICATED", "THIRD_PARTY_AUTH_ERROR");
    }
    var token = token(request);
    if (token.isEmpty()) {
      return error(ResponseHeaders.of(400), "INVALID_ARGUMENT", "INVALID_ARGUMENT");
    }
    var push = FakeProvider.received(token, request);
    return switch (provider.script.of(token)) {
      case PushBehaviour.Accept() -> {
        provider.pushes.add(push);
        yield FakeProvider.json(
            ResponseHeaders.of(200),
            "{\"name\":\"projects/%s/messages/%d\"}".formatted(PROJECT, provider.pushes.count()));
      }
      case PushBehaviour.Hang() -> {
        provider.pushes.add(push);
        yield FakeProvider.silence();
      }
      case PushBehaviour.Close() -> {
        provider.pushes.add(push);
        yield FakeProvider.hangUp(context);
      }
      case PushBehaviour.Unregistered(_) ->
          error(ResponseHeaders.of(404), "NOT_FOUND", "UNREGISTERED");
      case PushBehaviour.Refuse refusal ->
          error(FakeProvider.headers(refusal), refusal.reason(), refusal.reason());
    };
  }

  private boolean authorized(String authorization) {
    return takesTokens
        && (authorization.equals("Bearer " + BEARER)
            || authorization.startsWith("Bearer " + ISSUED));
  }

  private static String token(AggregatedHttpRequest request) {
    try {
      return JSON.readTree(request.content(UTF_8)).at("/message/token").asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private static HttpResponse error(ResponseHeaders headers, String status, String errorCode) {
    return FakeProvider.json(
        headers,
        """
        {"error":{"code":%d,"message":"As the script says.","status":"%s","details":[{"@type":\
        "type.googleapis.com/google.firebase.fcm.v1.FcmError","errorCode":"%s"}]}}\
        """
            .formatted(headers.status().code(), status, errorCode));
  }

  private HttpResponse issueToken() {
    return FakeProvider.json(
        ResponseHeaders.of(200),
        "{\"access_token\":\"%s%d\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
            .formatted(ISSUED, tokensIssued.incrementAndGet()));
  }
}
