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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Names and subjects of strangers never become headers (TRAPS 32, 41).
class HostileMailTest {

  private static final int ADDRESSES = 100_000;

  /// Each with a name, a subject, an id and a link: a hundred thousand.
  private static final int MAILS = 25_000;

  private static final int MAILS_READ = 2_000;
  private static final Pattern BREAKS = Pattern.compile("[\\r\\x00]");
  private static final Pattern FOLD = Pattern.compile("\r\n(?=[ \t])");
  private static final Pattern QUOTED = Pattern.compile("^\"([^\"\\\\]|\\\\.)*\"(?=@)");
  private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>,;:\\x00-\\x1f]+@[a-z0-9.-]+");
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

  /// Each mail has a seed of its own, so that one that fails can be made again alone.
  @Test
  void mails_withHostileWords_haveTheirHeadersAndNoOthers() {
    IntStream.range(0, MAILS)
        .parallel()
        .forEach(i -> {
          String head = head(hostileMail(new Random(SEED + i)));
          var names = new ArrayList<String>();
          head.lines().forEach(line -> names.add(line.substring(0, line.indexOf(':'))));
          Collections.sort(names);
          if (!names.equals(EXPECTED_HEADERS) || BREAKS.matcher(head).find()) {
            fail("mail of seed %d:%n%s", SEED + i, head);
          }
        });
  }

  @Test
  void mails_withHostileWords_areReadAsTheyWereMeant() throws Exception {
    for (int i = 0; i < MAILS_READ; i++) {
      var mail = hostileMail(new Random(SEED + i));
      var message = written(mail);

      assertThat(message.getAllRecipients())
          .as("mail of seed %d", SEED + i)
          .extracting(address -> ((InternetAddress) address).getAddress())
          .containsExactly("anna@example.org");
      assertThat(subject(message)).isEqualTo(wellFormed(HeaderText.oneLine(mail.text().subject())));
    }
  }

  @Test
  void addresses_hostile_areRefused_orOneRecipientOnOneLine() throws Exception {
    int taken = 0;
    for (int i = 0; i < ADDRESSES; i++) {
      var random = new Random(SEED + i);
      String written = HostileWords.of(random) + (random.nextBoolean() ? "@example.org" : "");
      try {
        var address = MailAddress.of(written);
        taken++;
        String unquoted = QUOTED.matcher(address.address()).replaceFirst("q");
        if (!ADDRESS.matcher(unquoted).matches()) {
          fail("%s of seed %d", address.address(), SEED + i);
        }
      } catch (UnmailableException e) {
        assertThat(e.reason()).doesNotContainPattern(BREAKS);
      }
    }
    assertThat(taken).isPositive();
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
        if (line.length() > 998 || line.contains("\n") || BREAKS.matcher(line).find()) {
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

  private static Mail hostileMail(Random random) {
    return new Mail(
        HostileWords.of(random),
        "anna@example.org",
        HostileWords.of(random),
        new MailText(
            HostileWords.of(random),
            HostileWords.of(random),
            HostileWords.of(random),
            LINKS.of(HostileWords.of(random), Scope.UNSUBSCRIBE),
            Locale.ENGLISH));
  }

  /// The headers as a server reads them, each on a line, ended by LF.
  private String head(Mail mail) {
    try {
      var text = new String(bytes(mail), StandardCharsets.ISO_8859_1);
      var head = text.substring(0, text.indexOf("\r\n\r\n"));
      return FOLD.matcher(head).replaceAll("").replace("\r\n", "\n");
    } catch (Exception e) {
      throw new AssertionError("expected a mail, but found " + e, e);
    }
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
