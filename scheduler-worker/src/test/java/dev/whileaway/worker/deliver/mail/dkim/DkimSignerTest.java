package dev.whileaway.worker.deliver.mail.dkim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whileaway.worker.deliver.DeliverySettings.Dkim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DkimSignerTest {

  private static final Instant AT = Instant.parse("2026-01-31T10:15:00Z");
  private static final byte[] BODY = "Hello\r\n".getBytes(UTF_8);

  @TempDir Path folder;

  @Test
  void signature_namesItsHeaders_thoseThatAreShownOnceMore_strangersNotAtAll() throws Exception {
    var signer = DkimSigner.open(new TestKeys(folder).settings("rsa"));

    var values =
        signer.sign(List.of("X-Mailer: a", "To: <b@c>", "From: <a@b>", "Date: now"), BODY, AT);

    assertThat(values)
        .singleElement()
        .asString()
        .startsWith(
            "v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=rsa; t=1769854500;"
                + " h=From: To: Date: From: To: Cc: Reply-To: Subject: Date:"
                + " List-Unsubscribe: List-Unsubscribe-Post; bh=");
  }

  @Test
  void twoKeys_makeTwoSignatures_rsaFirst() throws Exception {
    var signer = DkimSigner.open(new TestKeys(folder).settings("ed25519", "rsa"));

    assertThat(signer.sign(List.of("From: <a@b>"), BODY, AT))
        .satisfiesExactly(
            first -> assertThat(first).contains("a=rsa-sha256").contains("s=rsa"),
            second -> assertThat(second).contains("a=ed25519-sha256").contains("s=ed25519"));
  }

  @Test
  void keysThatDoNotServe_areRefusedAtStart_withFileAndReason() throws Exception {
    var keys = new TestKeys(folder);
    keys.write("short.pem", TestKeys.pair("RSA", 1024).getPrivate().getEncoded());
    keys.write("other.pem", TestKeys.pair("EC", 256).getPrivate().getEncoded());
    Files.writeString(folder.resolve("no.pem"), "hello");
    Files.writeString(
        folder.resolve("old.pem"),
        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
    Files.writeString(
        folder.resolve("public.pem"),
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");

    assertRefused(keys.settings("none"), file("none"), "but found no such file");
    assertRefused(keys.settings("no"), file("no"), "but found no PEM");
    assertRefused(
        keys.settings("old"),
        file("old"),
        "but found a PEM of RSA PRIVATE KEY; convert it by: openssl pkcs8 -topk8 -nocrypt -in "
            + file("old"));
    assertRefused(keys.settings("public"), file("public"), "but found a PEM of PUBLIC KEY");
    assertRefused(keys.settings("other"), file("other"), "but found a key of another kind");
    assertRefused(
        keys.settings("short"),
        "expected an RSA key of 2048 to 4096 bits in " + file("short"),
        "but found 1024 bits; make one by: openssl genpkey");
    assertRefused(keys.settings("ed25519"), "expected an RSA key", "but found only Ed25519");
    assertRefused(keys.settings(), "expected an RSA key", "but found no key");
    assertRefused(keys.settings("rsa", "rsa"), "expected one key of an algorithm", file("rsa"));
  }

  private void assertRefused(Dkim settings, String... words) {
    assertThatThrownBy(() -> DkimSigner.open(settings))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("mail.dkim")
        .hasMessageContainingAll(words);
  }

  private String file(String selector) {
    return folder.resolve(selector + ".pem").toString();
  }
}
