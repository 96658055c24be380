package dev.whileaway.testkit.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whileaway.testkit.http.Answer;
import dev.whileaway.testkit.http.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A push service of browsers (RFC 8030) on 127.0.0.1, with the browsers behind it: it checks who
/// sends (RFC 8292), and decrypts what was sent. A push's token is the name of its browser.
public final class FakeWebPush extends FakePushes {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern VAPID =
      Pattern.compile("vapid t=(([^.]+\\.[^.]+)\\.([^,]+)), k=(.+)");
  private static final Duration LIFE_MAX = Duration.ofHours(24);
  private static final int TOPIC_CHARACTERS_MAX = 32;
  private static final String PATH = "/push/";

  /// No push service may take less (RFC 8030 section 7.2), and none is known to take more.
  private static final int BODY_BYTES_MAX = 4096;

  private final KeyPair site = Browser.newPair();
  private final Map<String, Browser> browsers = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final FakeProvider provider;

  private FakeWebPush(int port, InstantSource clock) {
    this.clock = clock;
    provider = new FakeProvider(port, Optional.empty(), this::answer);
  }

  /// @param port zero: any free one
  /// @param clock tells whether a VAPID token is still good
  public static FakeWebPush start(int port, InstantSource clock) {
    return new FakeWebPush(port, clock);
  }

  /// A browser subscribes: its token, as a device has it.
  public String subscribe(String browser) {
    return browsers
        .computeIfAbsent(browser, _ -> new Browser(browsers.size()))
        .subscription(origin() + PATH + browser);
  }

  /// The subscription of a browser, the same each time.
  @Override
  public String recipient() {
    return subscribe("anna");
  }

  /// The key that subscriptions are made for, base64url.
  public String publicKey() {
    return Browser.base64(Browser.point(site.getPublic()));
  }

  /// Its other half, base64url.
  public String privateKey() {
    byte[] number = ((ECPrivateKey) site.getPrivate()).getS().toByteArray();
    byte[] bytes = new byte[32];
    int length = Math.min(number.length, bytes.length);
    System.arraycopy(number, number.length - length, bytes, bytes.length - length, length);
    return Browser.base64(bytes);
  }

  private String origin() {
    return "http://127.0.0.1:" + port();
  }

  @Override
  FakeProvider provider() {
    return provider;
  }

  @Override
  public String settings(Path folder) {
    return """
      web-push:
        - public-key: %s
          private-key: %s
          contact: mailto:operator@example.com
          services: [127.0.0.1]
    """
        .formatted(publicKey(), privateKey());
  }

  private Answer answer(Request request) {
    if (request.body().length > BODY_BYTES_MAX) {
      return Answer.text(413, "the payload is too large");
    }
    if (!signed(request.header("authorization"))) {
      return Answer.text(403, "the VAPID token is wrong");
    }
    if (request.header("ttl").isEmpty()
        || request.header("topic").length() > TOPIC_CHARACTERS_MAX) {
      return Answer.text(400, "no TTL, or a topic that is too long");
    }
    String name = request.path().startsWith(PATH) ? request.path().substring(PATH.length()) : "";
    Browser browser = browsers.get(name);
    if (browser == null || !request.header("content-encoding").equals("aes128gcm")) {
      return Answer.text(404, "no such subscription");
    }
    try {
      String said = browser.read(request.body());
      return provider.answer(FakeProvider.received(name, request, said), new Words());
    } catch (GeneralSecurityException e) {
      return Answer.text(400, "cannot be decrypted: " + e);
    }
  }

  private boolean signed(String authorization) {
    Matcher parts = VAPID.matcher(authorization);
    if (!parts.matches() || !parts.group(4).equals(publicKey())) {
      return false;
    }
    try {
      var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initVerify(site.getPublic());
      signature.update(parts.group(2).getBytes(UTF_8));
      String claims = parts.group(2).substring(parts.group(2).indexOf('.') + 1);
      return signature.verify(Base64.getUrlDecoder().decode(parts.group(3)))
          && good(JSON.readTree(Base64.getUrlDecoder().decode(claims)));
    } catch (GeneralSecurityException | IOException e) {
      return false;
    }
  }

  private boolean good(JsonNode claims) {
    Instant expiry = Instant.ofEpochSecond(claims.path("exp").asLong());
    Instant now = clock.instant();
    return claims.path("aud").asText().equals(origin())
        && claims.path("sub").asText().matches("(mailto:|https:).+")
        && expiry.isAfter(now)
        && expiry.isBefore(now.plus(LIFE_MAX));
  }

  /// What a push service says.
  private final class Words implements FakeProvider.Words {

    @Override
    public Answer accepted(ReceivedPush push, long number) {
      return Answer.empty(201, Map.of("location", origin() + "/message/" + number));
    }

    @Override
    public Answer unregistered(Instant since) {
      return Answer.text(410, "push subscription has unsubscribed or expired");
    }

    @Override
    public Answer refused(PushBehaviour.Refuse refusal) {
      return FakeProvider.refused(refusal, refusal.reason());
    }
  }
}
