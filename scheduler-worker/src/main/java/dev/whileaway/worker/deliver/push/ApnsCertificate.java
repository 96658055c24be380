package dev.whileaway.worker.deliver.push;

import com.eatthepath.pushy.apns.ApnsClientBuilder;
import dev.whileaway.worker.deliver.ApnsCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An app's certificate for APNs, with its private key.
///
/// @param password of the file, which protects the key in it too
record ApnsCertificate(PrivateKeyEntry entry, String password) {

  private static final Logger log = LoggerFactory.getLogger(ApnsCertificate.class);

  /// Time enough to get another from Apple.
  private static final Duration WARN_AHEAD = Duration.ofDays(30);

  private static final String RENEW =
      "make a new one at developer.apple.com, or set signing-key, which does not expire";

  /// @throws IOException if the file has no such certificate, or one that is over; in words that
  ///   name the setting and the way out
  static ApnsCertificate read(ApnsCredentials.Certificate settings, Instant now)
      throws IOException {
    var certificate =
        new ApnsCertificate(entry(settings.file(), settings.password()), settings.password());
    certificate.checkDates(settings.file(), now);
    return certificate;
  }

  /// Without the password and the key.
  @Override
  public String toString() {
    return "ApnsCertificate[" + certificate().getSubjectX500Principal() + "]";
  }

  void showBy(ApnsClientBuilder builder) {
    builder.setClientCredentials(certificate(), entry.getPrivateKey(), password);
  }

  private X509Certificate certificate() {
    return (X509Certificate) entry.getCertificate();
  }

  private void checkDates(Path file, Instant now) throws IOException {
    Instant end = certificate().getNotAfter().toInstant();
    if (!now.isBefore(end)) {
      throw expected("a certificate that is still valid", file, "one until " + end, RENEW);
    }
    if (!now.plus(WARN_AHEAD).isBefore(end)) {
      log.warn("the certificate {} (delivery.apns[].certificate) ends at {}: {}", file, end, RENEW);
    }
  }

  private static PrivateKeyEntry entry(Path file, String password) throws IOException {
    char[] secret = password.toCharArray();
    try {
      var store = KeyStore.getInstance("PKCS12");
      try (var bytes = Files.newInputStream(file)) {
        store.load(bytes, secret);
      }
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)
            && store.getEntry(alias, new PasswordProtection(secret))
                instanceof PrivateKeyEntry one) {
          return one;
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      throw e.getCause() instanceof UnrecoverableKeyException
          ? expected(
              "the password of the file",
              file,
              "another",
              "set delivery.apns[].certificate-password to the one that it was exported with")
          : expected("a PKCS #12 file", file, e.toString(), "export it anew from the keychain");
    }
    throw expected(
        "a certificate with its private key",
        file,
        "no private key",
        "export both together from the keychain");
  }

  private static IOException expected(String what, Path file, String found, String fix) {
    return new IOException(
        "expected %s in %s (delivery.apns[].certificate), but found %s; %s"
            .formatted(what, file, found, fix));
  }
}
