package dev.whileaway.testkit.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whileaway.testkit.http.Answer;
import dev.whileaway.testkit.http.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Firebase Cloud Messaging, HTTP v1, on 127.0.0.1: it takes every push of 4 KB at most with a good
/// bearer token, unless it was told otherwise, and it issues tokens to its service account. It
/// plays RuStore too, which speaks the same but for the details of its errors.
public final class FakeFcm extends FakePushes {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROJECT = "fake-project";
  private static final String SEND = "/v1/projects/" + PROJECT + "/messages:send";
  private static final String BEARER = "fake-bearer";
  private static final String ISSUED = "fake-issued-";

  /// Without the token. Google counts a little less than the message as it is written: keys and
  /// values, and something of its own for each.
  private static final int MESSAGE_BYTES_MAX = 4096;

  private static final int FRAME_BYTES = "{\"message\":,\"token\":\"\"}".length();

  private final FakeProvider provider;
  private final Words words;
  private final AtomicInteger tokensIssued = new AtomicInteger();
  private volatile int goodFrom;
  private volatile boolean takesTokens = true;
  private volatile boolean loginHangs;

  private FakeFcm(int port, boolean rustore) {
    words = new Words(rustore);
    provider = new FakeProvider(port, Optional.empty(), this::answer);
  }

  public static FakeFcm start() {
    return start(0);
  }

  /// @param port zero: any free one
  public static FakeFcm start(int port) {
    return new FakeFcm(port, false);
  }

  /// @param port zero: any free one
  public static FakeFcm startRuStore(int port) {
    return new FakeFcm(port, true);
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

  /// From now on every bearer token is wrong.
  public void refuseTokens() {
    takesTokens = false;
  }

  /// From now on the service account waits for ever for a token.
  public void hangLogins() {
    loginHangs = true;
  }

  /// From now on the tokens that were issued are expired.
  public void expireTokens() {
    goodFrom = tokensIssued.get() + 1;
  }

  /// How often the service account asked for a token.
  public int tokensIssued() {
    return tokensIssued.get();
  }

  @Override
  FakeProvider provider() {
    return provider;
  }

  @Override
  public String settings(Path folder) {
    return """
      fcm:
        - base-url: %s
          project: %s
          bearer: %s
    """
        .formatted(baseUrl(), PROJECT, BEARER);
  }

  private Answer answer(Request request) {
    return switch (request.path()) {
      case SEND -> send(request);
      case "/token" -> loginHangs ? new Answer.Silence() : issueToken();
      default -> Answer.empty(404, Map.of());
    };
  }

  private Answer send(Request request) {
    if (!authorized(request.header("authorization"))) {
      return words.error(PushBehaviour.refuse(401, "UNAUTHENTICATED"), "");
    }
    var token = token(request.body());
    int bytes = request.body().length - token.getBytes(UTF_8).length - FRAME_BYTES;
    return token.isEmpty() || bytes > MESSAGE_BYTES_MAX
        ? words.error(PushBehaviour.refuse(400, "INVALID_ARGUMENT"), "INVALID_ARGUMENT")
        : provider.answer(FakeProvider.received(token, request, request.text()), words);
  }

  /// What FCM says.
  ///
  /// @param rustore without the details of errors
  private record Words(boolean rustore) implements FakeProvider.Words {

    @Override
    public Answer accepted(ReceivedPush push, long number) {
      return Answer.json(200, "{\"name\":\"projects/" + PROJECT + "/messages/" + number + "\"}");
    }

    @Override
    public Answer unregistered(Instant since) {
      return error(PushBehaviour.refuse(404, "NOT_FOUND"), "UNREGISTERED");
    }

    @Override
    public Answer refused(PushBehaviour.Refuse refusal) {
      return error(refusal, refusal.reason());
    }

    /// @param errorCode FCM's own; empty: it is Google's door that refuses, not FCM
    private Answer error(PushBehaviour.Refuse refusal, String errorCode) {
      var details =
          rustore || errorCode.isEmpty()
              ? ""
              : ",\"details\":[{\"@type\":\"type.googleapis.com/google.firebase.fcm.v1.FcmError\",\"errorCode\":\"%s\"}]"
                  .formatted(errorCode);
      return FakeProvider.refused(
          refusal,
          "{\"error\":{\"code\":%d,\"message\":\"As the script says.\",\"status\":\"%s\"%s}}"
              .formatted(refusal.status(), refusal.reason(), details));
    }
  }

  private boolean authorized(String authorization) {
    return takesTokens && (authorization.equals("Bearer " + BEARER) || issued(authorization));
  }

  private boolean issued(String authorization) {
    String issued = "Bearer " + ISSUED;
    return authorization.startsWith(issued)
        && Integer.parseInt(authorization.substring(issued.length())) >= goodFrom;
  }

  /// Reads the whole message, so that one that is no JSON is found out, and keeps the token alone.
  private static String token(byte[] message) {
    try (var json = JSON.createParser(message)) {
      String token = "";
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.VALUE_STRING
            && "token".equals(json.currentName())
            && json.getParsingContext().pathAsPointer().toString().equals("/message/token")) {
          token = json.getText();
        }
      }
      return token;
    } catch (IOException e) {
      return "";
    }
  }

  private Answer issueToken() {
    return Answer.json(
        200,
        "{\"access_token\":\"%s%d\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
            .formatted(ISSUED, tokensIssued.incrementAndGet()));
  }
}
