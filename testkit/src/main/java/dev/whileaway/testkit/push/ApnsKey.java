package dev.whileaway.testkit.push;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/// A key that signs the provider tokens of APNs (ES256, RFC 7518 section 3.4), and the check of
/// what it signed.
record ApnsKey(KeyPair pair) {

  static final String KEY_ID = "FAKEKEY001";
  static final String TEAM_ID = "FAKETEAM01";

  static ApnsKey generate() {
    try {
      var keys = KeyPairGenerator.getInstance("EC");
      keys.initialize(new ECGenParameterSpec("secp256r1"));
      return new ApnsKey(keys.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String pem() {
    var der = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN PRIVATE KEY-----\n"
        + der.encodeToString(pair.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  /// Whether an `authorization` header carries a token of this key and team.
  boolean signed(String authorization) {
    var parts = authorization.replaceFirst("(?i)^bearer ", "").split("\\.", -1);
    if (parts.length != 3 || !decoded(parts[0]).contains(KEY_ID)) {
      return false;
    }
    try {
      var signed = Base64.getUrlDecoder().decode(parts[2]);
      var signature = Signature.getInstance(algorithm(signed));
      signature.initVerify(pair.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
      return signature.verify(signed) && decoded(parts[1]).contains(TEAM_ID);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /// The RFC wants two numbers side by side; Apple also takes them in DER, as Pushy writes them.
  private static String algorithm(byte[] signed) {
    return signed.length == 64 ? "SHA256withECDSAinP1363Format" : "SHA256withECDSA";
  }

  private static String decoded(String part) {
    try {
      return new String(Base64.getUrlDecoder().decode(part), UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
