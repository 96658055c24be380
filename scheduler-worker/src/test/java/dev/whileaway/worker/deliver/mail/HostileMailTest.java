package dev.whileaway.worker.deliver.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.whileaway.templates.MailText;
import dev.whileaway.templates.token.UserLinks;
import dev.whileaway.templates.token.UserLinks.Scope;
import dev.whileaway.worker.deliver.DeliverySettings.Bounces;
import dev.whileaway.worker.deliver.DeliverySettings.MailIdentity;
import dev.whileaway.worker.deliver.Mail;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Names and subjects of strangers never become headers (TRAPS 32, 41).
class HostileMailTest {

  private static final int MAILS = 3_000;
  private static final Pattern BREAKS = Pattern.compile("[\\r\\n\\x00]");
  private static final long SEED = 20260131L;
  private static final List<String> EXPECTED_HEADERS =
      List.of(
          "Auto-Submitted",
          "Content-Language",
          "Content-Type",
          "Date",
          "Feedback-ID",
          "From",
          "List-Id",
          "List-Unsubscribe",
          "List-Unsubscribe-Post",
          "MIME-Version",
          "Message-ID",
          "Subject",
          "To",
          "X-Auto-Response-Suppress");
  private static final UserLinks LINKS = new UserLinks("https://m.example.org", Samples.KEYS);

  private final MailComposer composer =
      Samples.composer(
          new MailIdentity(
              "digest@example.org",
              "Пока вас не было",
              "mail.example.org",
              Optional.empty(),
              Optional.of(new Bounces("bounces@m.example.org", Samples.KEYS, Optional.empty())),
              Optional.of("whileaway")));

  @Test
  void mails_withHostileWords_haveTheirHeadersAndNoOthers() throws Exception {
    var random = new Random(SEED);
    for (int i = 0; i < MAILS; i++) {
      var mail =
          new Mail(
              HostileWords.of(random),
              "anna@example.org",
              HostileWords.of(random),
              Locale.ENGLISH,
              new MailText(
                  HostileWords.of(random),
                  HostileWords.of(random),
                  HostileWords.of(random),
                  LINKS.of(HostileWords.of(random), Scope.UNSUBSCRIBE)));
      var message = written(mail);

      var headers = new ArrayList<String>();
      Collections.list(message.getAllHeaders()).forEach(header -> headers.add(header.getName()));
      assertThat(headers).as("mail %d of seed %d", i, SEED).hasSameElementsAs(EXPECTED_HEADERS);
      assertThat(headers).doesNotHaveDuplicates();
      assertThat(message.getAllRecipients())
          .extracting(address -> ((InternetAddress) address).getAddress())
          .containsExactly("anna@example.org");
      assertThat(subject(message)).isEqualTo(wellFormed(HeaderText.oneLine(mail.text().subject())));
    }
  }

  @Test
  void header_withALineBreak_isRefusedAtTheDoor() {
    var message = new MimeMessage(Session.getInstance(new Properties()));

    for (var value : List.of("a\r\nBcc: evil", "a\nb", "a\rb", "a\0b")) {
      assertThatThrownBy(() -> MailHeaders.set(message, "X-Test", value))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("X-Test");
    }
    assertThatThrownBy(() -> MailHeaders.set(message, "X\r\nBcc", "a"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void line_onTheWire_isNeverLongerThanRfc5322Allows() throws Exception {
    var random = new Random(SEED);
    for (int i = 0; i < 100; i++) {
      var text = HostileWords.of(random).repeat(30);
      var bytes = bytes(Samples.mail(text, "anna@example.org", text, text));
      for (var line : new String(bytes, StandardCharsets.UTF_8).split("\r\n", -1)) {
        if (line.length() > 998 || BREAKS.matcher(line).find()) {
          fail("line %s of mail %d of seed %d", line, i, SEED);
        }
      }
    }
  }

  @Test
  void message_ofTheSameDigest_isTheSameByteForByte() throws Exception {
    var mail = Samples.mailTo("anna@example.org");

    assertThat(bytes(mail)).isEqualTo(bytes(mail));
  }

  private MimeMessage written(Mail mail) throws Exception {
    return new MimeMessage(
        Session.getInstance(new Properties()), new ByteArrayInputStream(bytes(mail)));
  }

  /// As RFC 5322 section 2.2.3 unfolds; the library's own reader minds a backslash before a fold.
  private static String subject(MimeMessage message) throws Exception {
    var header = message.getHeader("Subject", null);
    return MimeUtility.decodeText(header.replaceAll("\r\n([ \t])", "$1"));
  }

  private byte[] bytes(Mail mail) throws Exception {
    var bytes = new ByteArrayOutputStream();
    composer.compose(mail).message().writeTo(bytes);
    return bytes.toByteArray();
  }

  /// Half a surrogate pair has no place in UTF-8: it arrives as a question mark.
  private static String wellFormed(String text) {
    var utf8 = StandardCharsets.UTF_8;
    return new String(text.getBytes(utf8), utf8);
  }
}
