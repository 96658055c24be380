package dev.whileaway.worker.deliver.mail.dkim;

import dev.whileaway.worker.deliver.DeliverySettings.Dkim;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;

/// Reads a private key (PKCS #8 in PEM), and says what is wrong with one that is of no use.
final class PrivateKeyFile {

  /// What verifiers must know (RFC 8301 section 3.2), without what is weak today.
  private static final int RSA_BITS_MIN = 2048;

  private static final int RSA_BITS_MAX = 4096;

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final String PKCS8 = "PRIVATE KEY";
  private static final String EXPECTED = "a private key of RSA or Ed25519 in PKCS #8 (PEM)";

  private PrivateKeyFile() {}

  /// @throws IOException if there is no fit key; the message names file, reason and remedy
  static DkimKey read(Dkim.Key settings) throws IOException {
    var file = settings.privateKey();
    var pem = PEM.matcher(text(file));
    if (!pem.find()) {
      throw refused(file, EXPECTED, "no PEM");
    }
    if (!pem.group(1).equals(PKCS8)) {
      throw refused(file, EXPECTED, "a PEM of " + pem.group(1) + remedy(pem.group(1), file));
    }
    try {
      var encoded = Base64.getMimeDecoder().decode(pem.group(2));
      return key(settings, new PKCS8EncodedKeySpec(encoded));
    } catch (IllegalArgumentException e) {
      throw refused(file, EXPECTED, "a PEM whose base64 is broken");
    }
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw refused(file, EXPECTED, "no such file");
    } catch (IOException e) {
      throw refused(file, EXPECTED, e.toString());
    }
  }

  private static DkimKey key(Dkim.Key settings, PKCS8EncodedKeySpec encoded) throws IOException {
    try {
      var rsa = (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(encoded);
      requireStrong(settings.privateKey(), rsa.getModulus().bitLength());
      return new DkimKey(settings.selector(), SigningAlgorithm.RSA, rsa);
    } catch (GeneralSecurityException notRsa) {
      return new DkimKey(settings.selector(), SigningAlgorithm.ED25519, ed25519(settings, encoded));
    }
  }

  private static PrivateKey ed25519(Dkim.Key settings, PKCS8EncodedKeySpec encoded)
      throws IOException {
    try {
      return KeyFactory.getInstance("Ed25519").generatePrivate(encoded);
    } catch (GeneralSecurityException neither) {
      throw refused(settings.privateKey(), EXPECTED, "a key of another kind, or a damaged one");
    }
  }

  private static void requireStrong(Path file, int bits) throws IOException {
    if (bits < RSA_BITS_MIN || bits > RSA_BITS_MAX) {
      throw refused(
          file,
          "an RSA key of %d to %d bits".formatted(RSA_BITS_MIN, RSA_BITS_MAX),
          bits
              + " bits; make one by: openssl genpkey -algorithm RSA -pkeyopt"
              + " rsa_keygen_bits:2048");
    }
  }

  /// What openssl and the key tools of mail servers write besides PKCS #8 can be turned into it.
  private static String remedy(String found, Path file) {
    return found.endsWith(PKCS8)
        ? "; convert it by: openssl pkcs8 -topk8 -nocrypt -in " + file
        : "";
  }

  private static IOException refused(Path file, String expected, String found) {
    return new IOException(
        "mail.dkim: expected %s in %s, but found %s".formatted(expected, file, found));
  }
}
