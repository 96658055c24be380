package dev.whileaway.testkit.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/// Huawei's Push Kit on 127.0.0.1, with the login that issues its tokens. The reason of a
/// [PushBehaviour#refuse] is one of its codes, such as `80300008`.
public final class FakeHms extends FakePushes {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String APP_ID = "100001";
  private static final String APP_SECRET = "fake-secret";
  private static final String ISSUED = "Bearer fake-issued-";
  private static final int MESSAGE_BYTES_MAX = 4096;

  private final FakeProvider provider;
  private final AtomicInteger tokensIssued = new AtomicInteger();
  private volatile int goodFrom;

  private FakeHms(int port) {
    provider =
        new FakeProvider(
            Server.builder()
                .http(FakeProvider.address(port))
                .service("/v1/" + APP_ID + "/messages:send", FakeProvider.whole(this::answer))
                .service(
                    "/oauth2/v3/token",
                    FakeProvider.whole((context, request) -> issueToken(request))));
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

  private HttpResponse issueToken(AggregatedHttpRequest request) {
    var form = QueryParams.fromQueryString(request.contentUtf8());
    if (!form.get("client_secret", "").equals(APP_SECRET)
        || !form.get("client_id", "").equals(APP_ID)
        || !form.get("grant_type", "").equals("client_credentials")) {
      return FakeProvider.json(
          ResponseHeaders.of(403), "{\"error\":1101,\"error_description\":\"invalid client\"}");
    }
    return FakeProvider.json(
        ResponseHeaders.of(200),
        "{\"access_token\":\"%s%d\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
            .formatted(ISSUED.replace("Bearer ", ""), tokensIssued.incrementAndGet()));
  }

  private HttpResponse answer(ServiceRequestContext context, AggregatedHttpRequest request) {
    String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    if (!good(authorization)) {
      return said(ResponseHeaders.of(401), "80200003", "OAuth token expired");
    }
    JsonNode message = message(request);
    String token = message.at("/token/0").asText();
    if (token.isEmpty() || message.path("token").size() > 1) {
      return said(ResponseHeaders.of(400), "80100003", "Incorrect message structure");
    }
    int tokenBytes = message.path("token").toString().length() + "\"token\":,".length();
    if (message.toString().getBytes(UTF_8).length - tokenBytes > MESSAGE_BYTES_MAX) {
      return said(ResponseHeaders.of(400), "80300008", "The message body size exceeds the limit");
    }
    return provider.answer(
        context, FakeProvider.received(token, request, request.contentUtf8()), new Words());
  }

  private boolean good(String authorization) {
    return authorization.startsWith(ISSUED)
        && Integer.parseInt(authorization.substring(ISSUED.length())) >= goodFrom;
  }

  private static JsonNode message(AggregatedHttpRequest request) {
    try {
      return JSON.readTree(request.contentUtf8()).path("message");
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  private static HttpResponse said(ResponseHeaders headers, String code, String words) {
    return FakeProvider.json(
        headers, "{\"code\":\"%s\",\"msg\":\"%s\",\"requestId\":\"1\"}".formatted(code, words));
  }

  /// What Push Kit says.
  private static final class Words implements FakeProvider.Words {

    @Override
    public HttpResponse accepted(ReceivedPush push, long number) {
      return FakeProvider.json(
          ResponseHeaders.of(200),
          "{\"code\":\"80000000\",\"msg\":\"Success\",\"requestId\":\"%d\"}".formatted(number));
    }

    @Override
    public HttpResponse unregistered(Instant since) {
      return said(ResponseHeaders.of(200), "80300007", "All tokens are invalid");
    }

    @Override
    public HttpResponse refused(PushBehaviour.Refuse refusal) {
      return said(FakeProvider.headers(refusal), refusal.reason(), "As the script says.");
    }
  }
}
