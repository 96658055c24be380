package dev.whileaway.templates.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The secrets that tokens are sealed with (HMAC-SHA-256). The first seals, all of them open: a new
/// one is put in front, and the old one is kept for as long as mails that it sealed are read.
///
/// Tokens name no key: with the few keys that a ring has, trying each costs less than the bytes.
/// Immutable.
public final class KeyRing {

  /// As much as the hash can use, if the secret is hexadecimal.
  private static final int SECRET_CHARACTERS_MIN = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final List<SecretKeySpec> keys;

  private KeyRing(List<SecretKeySpec> keys) {
    this.keys = keys;
  }

  /// @param secrets one or more, the newest first
  /// @throws IllegalArgumentException if there is none, or one is short; it does not show it
  public static KeyRing of(List<String> secrets) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("expected a secret, but found none");
    }
    for (int i = 0; i < secrets.size(); i++) {
      if (secrets.get(i).length() < SECRET_CHARACTERS_MIN) {
        throw new IllegalArgumentException(
            "expected at least %d characters, but found %d in secret %d; make one by: openssl rand -hex 32"
                .formatted(SECRET_CHARACTERS_MIN, secrets.get(i).length(), i + 1));
      }
    }
    return new KeyRing(
        secrets.stream()
            .map(secret -> new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM))
            .toList());
  }

  /// The seal of a content.
  ///
  /// @param purpose keeps the tokens of one use from being taken for another's
  /// @param bytes its length, 1 to 32
  public byte[] seal(String purpose, byte[] content, int bytes) {
    return seal(keys.getFirst(), purpose, content, bytes);
  }

  /// Whether one of the keys made this seal. Takes as long for a wrong one as for a right one.
  public boolean opens(String purpose, byte[] content, byte[] seal) {
    boolean opened = false;
    for (var key : keys) {
      opened |= MessageDigest.isEqual(seal(key, purpose, content, seal.length), seal);
    }
    return opened;
  }

  private static byte[] seal(SecretKeySpec key, String purpose, byte[] content, int bytes) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((purpose + "\0").getBytes(UTF_8));
      return Arrays.copyOf(mac.doFinal(content), bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "expected " + ALGORITHM + " in every Java, but found none", e);
    }
  }
}
