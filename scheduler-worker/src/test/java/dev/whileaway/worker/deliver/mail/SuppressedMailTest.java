package dev.whileaway.worker.deliver.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.testkit.clock.ManualClock;
import dev.whileaway.testkit.smtp.FakeSmtpServer;
import dev.whileaway.testkit.smtp.SmtpBehaviour;
import dev.whileaway.v1.SuppressedAddress;
import dev.whileaway.v1.SuppressionReason;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.file.DigestFolder;
import dev.whileaway.worker.deliver.mail.RememberedSuppressions.Added;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Suppressed addresses are never mailed, and dead mailboxes become so.
class SuppressedMailTest {

  private static final String ANNA = "anna@example.org";

  private final RememberedSuppressions suppressions = new RememberedSuppressions();
  private FakeSmtpServer server;
  private SmtpMailSender sender;

  @BeforeEach
  void start() {
    server = FakeSmtpServer.start();
    sender = new SmtpMailSender(Samples.plain(server), Samples.composer(), suppressions);
  }

  @AfterEach
  void stop() {
    sender.close();
    server.close();
  }

  @Test
  void deadMailbox_isToldOnce_andNeverMailedAgain() throws Exception {
    server.when(ANNA, SmtpBehaviour.refuseRecipient(550, "5.1.1 No such user"));

    assertThat(sender.send(Samples.mailTo(ANNA))).isInstanceOf(Outcome.Unregistered.class);
    assertThat(suppressions.all())
        .containsExactly(
            new Added(
                named(ANNA),
                SuppressionReason.SUPPRESSION_REASON_BOUNCED,
                "550 5.1.1 No such user"));

    server.when(ANNA, SmtpBehaviour.ACCEPT);
    assertThat(sender.send(Samples.mailTo("Anna@EXAMPLE.org")))
        .isEqualTo(new Outcome.Rejected("the address is suppressed, 550 5.1.1 No such user"));
    assertThat(server.count()).isZero();
    assertThat(sender.send(Samples.mailTo("boris@example.org")))
        .isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void refusalThatSpeaksOfUs_suppressesNobody() throws Exception {
    server.when(ANNA, SmtpBehaviour.refuseRecipient(550, "5.7.1 Your reputation is poor"));

    assertThat(sender.send(Samples.mailTo(ANNA))).isInstanceOf(Outcome.Rejected.class);
    assertThat(suppressions.all()).isEmpty();
  }

  @Test
  void listOutOfReach_holdsMailsBack_andLosesNothing() throws Exception {
    suppressions.away(true);

    assertThat(sender.send(Samples.mailTo(ANNA)))
        .isEqualTo(
            new Outcome.RetryAfter(
                Duration.ofSeconds(30), "the suppression list cannot be asked: away"));
    assertThat(server.count()).isZero();

    suppressions.away(false);
    assertThat(sender.send(Samples.mailTo(ANNA))).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void rehearsalIntoFiles_keepsToTheListToo(@TempDir Path folder) throws Exception {
    suppressions.add(named(ANNA), SuppressionReason.SUPPRESSION_REASON_OPERATOR, "by hand");
    var files =
        new FileMailSender(
            new DigestFolder(folder, ManualClock.at("2026-01-31T10:15:00Z")),
            Samples.composer(),
            suppressions);

    assertThat(files.send(Samples.mailTo(ANNA)))
        .isEqualTo(new Outcome.Rejected("the address is suppressed, by hand"));
    assertThat(folder).isEmptyDirectory();
  }

  private static SuppressedAddress named(String address) {
    return SuppressedAddress.newBuilder().setAddress(address).build();
  }
}
