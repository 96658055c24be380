package dev.whileaway.worker.deliver.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.whileaway.worker.deliver.DeliverySettings.Bounces;
import dev.whileaway.worker.deliver.DeliverySettings.Smtp.StartTls;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.mail.dkim.TestKeys;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A digest through somebody else's server, into a mailbox, and read back.
class MailboxTest {

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @TempDir private Path folder;
  private TestKeys keys;
  private SmtpMailSender sender;

  @BeforeEach
  void start() throws Exception {
    server.start();
    keys = new TestKeys(folder);
    var bounces = new Bounces("bounces@mail.example.org", Samples.KEYS, Optional.empty());
    sender =
        Samples.sender(
            Samples.settings(server.getSmtp().getPort(), StartTls.OPTIONAL, Optional.empty()),
            Samples.composer(WholeMail.identity(keys, bounces)));
  }

  @AfterEach
  void stop() {
    sender.close();
    server.stop();
  }

  @Test
  void digest_inAMailbox_isSignedAndWhole() throws Exception {
    assertThat(sender.send(WholeMail.to("anna@example.org"))).isInstanceOf(Outcome.Accepted.class);

    var bytes = new ByteArrayOutputStream();
    server.getReceivedMessages()[0].writeTo(bytes);
    WholeMail.expectWhole(bytes.toByteArray(), keys);
  }
}
