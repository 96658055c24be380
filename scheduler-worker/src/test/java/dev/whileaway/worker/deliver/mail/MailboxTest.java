package dev.whileaway.worker.deliver.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.whileaway.worker.deliver.DeliverySettings.Smtp.StartTls;
import dev.whileaway.worker.deliver.Outcome;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMultipart;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A digest through somebody else's server, into a mailbox, and read back.
class MailboxTest {

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private SmtpMailSender sender;

  @BeforeEach
  void start() {
    server.start();
    sender =
        Samples.sender(
            Samples.settings(server.getSmtp().getPort(), StartTls.OPTIONAL, Optional.empty()));
  }

  @AfterEach
  void stop() {
    sender.close();
    server.stop();
  }

  @Test
  void digest_inAMailbox_hasBothParts() throws Exception {
    assertThat(sender.send(Samples.mailTo("anna@example.org")))
        .isInstanceOf(Outcome.Accepted.class);

    var mail = server.getReceivedMessages()[0];
    assertThat(mail.getSubject()).isEqualTo("3 новых сообщения");
    assertThat(((InternetAddress) mail.getFrom()[0]).getPersonal()).isEqualTo("Пока вас не было");
    assertThat(mail.getContentType()).startsWith("multipart/alternative");
    var parts = (MimeMultipart) mail.getContent();
    assertThat(parts.getCount()).isEqualTo(2);
    assertThat(parts.getBodyPart(0).isMimeType("text/plain")).isTrue();
    assertThat((String) parts.getBodyPart(0).getContent()).isEqualTo("Hello Anna\r\n.\r\nBye\r\n");
    assertThat(parts.getBodyPart(1).isMimeType("text/html")).isTrue();
    assertThat((String) parts.getBodyPart(1).getContent())
        .isEqualTo("<p>Привет, <b>Анна</b></p>\r\n");
  }
}
