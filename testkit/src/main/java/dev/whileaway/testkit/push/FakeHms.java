package dev.whileaway.testkit.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whileaway.testkit.http.Answer;
import dev.whileaway.testkit.http.Request;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Huawei's Push Kit on 127.0.0.1, with the login that issues its tokens. The reason of a
/// [PushBehaviour#refuse] is one of its codes, such as `80300008`.
public final class FakeHms extends FakePushes {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String APP_ID = "100001";
  private static final String SEND = "/v1/" + APP_ID + "/messages:send";
  private static final String APP_SECRET = "fake-secret";
  private static final String ISSUED = "Bearer fake-issued-";

  /// Without the token.
  private static final int BODY_BYTES_MAX = 4096;

  private final FakeProvider provider;
  private final AtomicInteger tokensIssued = new AtomicInteger();
  private final AtomicInteger logins = new AtomicInteger();
  private volatile int goodFrom;
  private volatile boolean loginHangs;

  private FakeHms(int port) {
    provider = new FakeProvider(port, Optional.empty(), this::answer);
  }

  /// @param port zero: any free one
  public static FakeHms start(int port) {
    return new FakeHms(port);
  }

  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + port());
  }

  public String appId() {
    return APP_ID;
  }

  public String appSecret() {
    return APP_SECRET;
  }

  /// How often a token was asked for.
  public int tokensIssued() {
    return tokensIssued.get();
  }

  /// How often somebody logged in, or tried to.
  public int logins() {
    return logins.get();
  }

  /// From now on whoever logs in waits for ever, or no longer does.
  public void hangLogins(boolean hang) {
    loginHangs = hang;
  }

  /// From now on the tokens that were issued are expired.
  public void expireTokens() {
    goodFrom = tokensIssued.get() + 1;
  }

  @Override
  FakeProvider provider() {
    return provider;
  }

  @Override
  public String settings(Path folder) {
    return """
      hms:
        - app-id: '%s'
          app-secret: %s
          base-url: %s
          login-url: %s
    """
        .formatted(APP_ID, APP_SECRET, baseUrl(), baseUrl());
  }

  private Answer answer(Request request) {
    return switch (request.path()) {
      case SEND -> send(request);
      case "/oauth2/v3/token" -> issueToken(request);
      default -> Answer.empty(404, Map.of());
    };
  }

  private Answer issueToken(Request request) {
    logins.incrementAndGet();
    if (loginHangs) {
      return new Answer.Silence();
    }
    var form = new QueryStringDecoder(request.text(), false).parameters();
    if (!form.getOrDefault("client_secret", List.of()).contains(APP_SECRET)
        || !form.getOrDefault("client_id", List.of()).contains(APP_ID)
        || !form.getOrDefault("grant_type", List.of()).contains("client_credentials")) {
      return Answer.json(403, "{\"error\":1101,\"error_description\":\"invalid client\"}");
    }
    return Answer.json(
        200,
        "{\"access_token\":\"%s%d\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
            .formatted(ISSUED.replace("Bearer ", ""), tokensIssued.incrementAndGet()));
  }

  private Answer send(Request request) {
    if (!good(request.header("authorization"))) {
      return Answer.json(401, said("80200003", "OAuth token expired"));
    }
    JsonNode message = message(request);
    String token = message.at("/token/0").asText();
    if (token.isEmpty() || message.path("token").size() > 1) {
      return Answer.json(400, said("80100003", "Incorrect message structure"));
    }
    if (request.body().length - token.getBytes(UTF_8).length > BODY_BYTES_MAX) {
      return Answer.json(400, said("80300008", "The message body size exceeds the limit"));
    }
    return provider.answer(FakeProvider.received(token, request, request.text()), new Words());
  }

  private boolean good(String authorization) {
    return authorization.startsWith(ISSUED)
        && Integer.parseInt(authorization.substring(ISSUED.length())) >= goodFrom;
  }

  private static JsonNode message(Request request) {
    try {
      return JSON.readTree(request.body()).path("message");
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }

  private static String said(String code, String words) {
    return "{\"code\":\"%s\",\"msg\":\"%s\",\"requestId\":\"1\"}".formatted(code, words);
  }

  /// What Push Kit says.
  private static final class Words implements FakeProvider.Words {

    @Override
    public Answer accepted(ReceivedPush push, long number) {
      return Answer.json(
          200, "{\"code\":\"80000000\",\"msg\":\"Success\",\"requestId\":\"" + number + "\"}");
    }

    @Override
    public Answer unregistered(Instant since) {
      return Answer.json(200, said("80300007", "All tokens are invalid"));
    }

    @Override
    public Answer refused(PushBehaviour.Refuse refusal) {
      return FakeProvider.refused(refusal, said(refusal.reason(), "As the script says."));
    }
  }
}
