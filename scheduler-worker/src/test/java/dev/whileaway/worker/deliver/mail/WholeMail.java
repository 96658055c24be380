package dev.whileaway.worker.deliver.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.templates.MailText;
import dev.whileaway.worker.deliver.DeliverySettings.Bounces;
import dev.whileaway.worker.deliver.DeliverySettings.MailIdentity;
import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.mail.dkim.TestKeys;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/// A mail with all that a mail of ours may have, and what has to be left of it in a mailbox.
final class WholeMail {

  private static final String LINK = "https://mail.example.org/u/AAAA";

  private WholeMail() {}

  static MailIdentity identity(TestKeys keys, Bounces bounces) {
    return new MailIdentity(
        "digest@example.org",
        "Пока вас не было",
        "mail.example.org",
        Optional.of(keys.settings("rsa")),
        Optional.of(bounces),
        Optional.of("whileaway"));
  }

  static Mail to(String address) {
    return new Mail(
        "anna-7",
        address,
        "Анна",
        new MailText(
            "3 новых сообщения",
            "<p>Привет</p>\n",
            "Hello Anna\n.\nBye\n",
            LINK,
            Locale.forLanguageTag("ru")));
  }

  /// @param mail as it lies in the mailbox
  static MimeMessage expectWhole(byte[] mail, TestKeys keys) throws Exception {
    assertThat(keys.verified(mail)).hasSize(1);
    var read =
        new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail));
    assertThat(read.getSubject()).isEqualTo("3 новых сообщения");
    assertThat(((InternetAddress) read.getFrom()[0]).getPersonal()).isEqualTo("Пока вас не было");
    assertThat(read.getMessageID()).isEqualTo("<anna-7@mail.example.org>");
    assertThat(read.getHeader("List-Id", null)).isEqualTo("<digest.mail.example.org>");
    assertThat(read.getHeader("List-Unsubscribe", null)).isEqualTo("<" + LINK + ">");
    assertThat(read.getHeader("List-Unsubscribe-Post", null))
        .isEqualTo("List-Unsubscribe=One-Click");
    assertThat(read.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
    assertThat(read.getHeader("Feedback-ID", null)).isEqualTo("ru:digest:whileaway");
    var parts = (MimeMultipart) read.getContent();
    assertThat(read.isMimeType("multipart/alternative")).isTrue();
    assertThat(parts.getCount()).isEqualTo(2);
    assertThat(parts.getBodyPart(0).isMimeType("text/plain")).isTrue();
    assertThat((String) parts.getBodyPart(0).getContent()).isEqualTo("Hello Anna\r\n.\r\nBye\r\n");
    assertThat(parts.getBodyPart(1).isMimeType("text/html")).isTrue();
    assertThat((String) parts.getBodyPart(1).getContent()).isEqualTo("<p>Привет</p>\r\n");
    return read;
  }
}
