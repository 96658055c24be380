package dev.whileaway.worker.deliver.webpush;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.Base64;

/// Where a browser is reached, and what its messages are encrypted with.
///
/// @param key the browser's public key, a point of P-256
/// @param auth 16 bytes that browser and sender share
record Subscription(URI endpoint, byte[] key, byte[] auth) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int AUTH_BYTES = 16;

  /// Reads what `PushSubscription.toJSON()` gives in the browser.
  ///
  /// @throws IllegalArgumentException if it is none; the message says what was expected
  static Subscription parse(String token) {
    try {
      JsonNode json = JSON.readTree(token);
      var endpoint = URI.create(json.path("endpoint").asText());
      byte[] key = bytes(json.at("/keys/p256dh"));
      byte[] auth = bytes(json.at("/keys/auth"));
      if (!asBrowsersGiveIt(endpoint)) {
        throw expected("an endpoint as browsers give it");
      }
      if (endpoint.getHost() == null || key.length != P256.POINT_BYTES) {
        throw expected("an endpoint and a key of 65 bytes");
      }
      if (auth.length != AUTH_BYTES) {
        throw expected("keys.auth of 16 bytes");
      }
      return new Subscription(endpoint, key, auth);
    } catch (JsonProcessingException e) {
      throw expected("JSON with endpoint, keys.p256dh and keys.auth");
    }
  }

  /// In ASCII, and alone: escaped, another may be too long for a request.
  private static boolean asBrowsersGiveIt(URI endpoint) {
    return endpoint.toString().equals(endpoint.toASCIIString())
        && endpoint.getRawUserInfo() == null
        && endpoint.getRawFragment() == null;
  }

  /// Browsers write base64url without padding; some libraries write the other alphabet.
  private static byte[] bytes(JsonNode text) {
    String url = text.asText().replace('+', '-').replace('/', '_').replace("=", "");
    return Base64.getUrlDecoder().decode(url);
  }

  /// The token itself is not shown: whoever has it may send.
  private static IllegalArgumentException expected(String what) {
    return new IllegalArgumentException(
        "expected a Web Push subscription: %s, but found another text".formatted(what));
  }

  /// The push service: what a VAPID token is made out to.
  String origin() {
    return endpoint.getScheme() + "://" + endpoint.getRawAuthority();
  }
}
