package dev.whileaway.worker.deliver.webpush;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Says to a push service who sends (RFC 8292): the `authorization` header, with a token signed for
/// that service alone. A token is kept for half of its life. Safe for use by many threads.
final class Vapid {

  /// The longest that a service has to take is a day.
  private static final Duration LIFE = Duration.ofHours(12);

  /// There are a handful of push services; whoever registers invented ones gains nothing.
  private static final int SERVICES_MAX = 1_000;

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER =
      BASE64.encodeToString("{\"typ\":\"JWT\",\"alg\":\"ES256\"}".getBytes(UTF_8));

  private final ECPrivateKey key;
  private final String publicKey;
  private final String contact;
  private final InstantSource clock;
  private final Map<String, Token> byOrigin = new ConcurrentHashMap<>();

  /// @param contact a `mailto:` or `https:` address for the service's operator
  Vapid(ECPrivateKey key, ECPublicKey publicKey, String contact, InstantSource clock) {
    this.key = key;
    this.publicKey = BASE64.encodeToString(P256.point(publicKey));
    this.contact = contact;
    this.clock = clock;
  }

  private record Token(String header, Instant renewAt) {}

  String authorization(String origin) {
    Instant now = clock.instant();
    if (byOrigin.size() > SERVICES_MAX) {
      byOrigin.clear();
    }
    return byOrigin.compute(
            origin,
            (_, kept) -> kept != null && now.isBefore(kept.renewAt) ? kept : token(origin, now))
        .header;
  }

  private Token token(String origin, Instant now) {
    String claims =
        "{\"aud\":\"%s\",\"exp\":%d,\"sub\":\"%s\"}"
            .formatted(origin, now.plus(LIFE).getEpochSecond(), contact);
    String signed = HEADER + "." + BASE64.encodeToString(claims.getBytes(UTF_8));
    String token = signed + "." + BASE64.encodeToString(signature(signed));
    return new Token("vapid t=" + token + ", k=" + publicKey, now.plus(LIFE.dividedBy(2)));
  }

  private byte[] signature(String text) {
    try {
      var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(key);
      signature.update(text.getBytes(UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
