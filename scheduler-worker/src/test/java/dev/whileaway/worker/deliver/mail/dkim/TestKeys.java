package dev.whileaway.worker.deliver.mail.dkim;

import dev.whileaway.worker.deliver.DeliverySettings.Dkim;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;

/// A key of each kind, as files for the signer and as DNS records for verifiers.
public final class TestKeys {

  public static final String DOMAIN = "example.org";

  private static final int ED25519_KEY_BYTES = 32;

  private final Path folder;
  private final KeyPair rsa;
  private final KeyPair ed25519;

  public TestKeys(Path folder) throws IOException {
    this.folder = folder;
    rsa = pair("RSA", 2048);
    ed25519 = pair("Ed25519", 255);
    write("rsa.pem", rsa.getPrivate().getEncoded());
    write("ed25519.pem", ed25519.getPrivate().getEncoded());
  }

  public Dkim settings(String... selectors) {
    return new Dkim(
        DOMAIN,
        Arrays.stream(selectors)
            .map(selector -> new Dkim.Key(selector, folder.resolve(selector + ".pem")))
            .toList());
  }

  /// What DNS answers, by name.
  public Map<String, String> records() {
    return Map.of(
        name("rsa"),
        "v=DKIM1; k=rsa; p=" + base64(rsa.getPublic().getEncoded()),
        name("ed25519"),
        "v=DKIM1; k=ed25519; p=" + base64(raw(ed25519.getPublic())));
  }

  /// The signatures of a mail, if other people's software accepts them.
  public List<SignatureRecord> verified(byte[] mail) throws Exception {
    return new DKIMVerifier(
            (_, selector, domain) -> List.of(records().get(selector + "._domainkey." + domain)))
        .verify(new ByteArrayInputStream(mail));
  }

  Path write(String file, byte[] key) throws IOException {
    var pem = "-----BEGIN PRIVATE KEY-----\n" + base64(key) + "\n-----END PRIVATE KEY-----\n";
    return Files.writeString(folder.resolve(file), pem);
  }

  static KeyPair pair(String algorithm, int bits) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String name(String selector) {
    return selector + "._domainkey." + DOMAIN;
  }

  /// RFC 8463 section 4: without the frame of X.509.
  private static byte[] raw(PublicKey key) {
    var framed = key.getEncoded();
    return Arrays.copyOfRange(framed, framed.length - ED25519_KEY_BYTES, framed.length);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
