package dev.whileaway.worker.deliver.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.whileaway.testkit.smtp.FakeSmtpServer;
import dev.whileaway.testkit.smtp.SmtpBehaviour;
import dev.whileaway.v1.SuppressedAddress;
import dev.whileaway.v1.SuppressionReason;
import dev.whileaway.worker.deliver.DeliverySettings.Bounces;
import dev.whileaway.worker.deliver.DeliverySettings.Feedback;
import dev.whileaway.worker.deliver.DeliverySettings.Smtp.StartTls;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.mail.dkim.TestKeys;
import dev.whileaway.worker.deliver.mail.feedback.FeedbackServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way of a digest through a mail server as people run them, into a mailbox, and the way of a
/// bounce that it wrote back to us.
class RealMailServerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  @TempDir private Path folder;
  private final RememberedSuppressions suppressions = new RememberedSuppressions();
  private final FakeSmtpServer elsewhere = FakeSmtpServer.start();
  private Bounces bounces;
  private TestKeys keys;
  private FeedbackServer feedback;
  private Exim exim;
  private SmtpMailSender sender;

  @BeforeEach
  void start() throws Exception {
    var program = Exim.program();
    assumeTrue(program.isPresent(), "skipped: expected Exim and root (Debian: exim4-daemon-light)");
    bounces =
        new Bounces(
            "bounces@mail.example.org",
            Samples.KEYS,
            Optional.of(new Feedback("127.0.0.1", 0, Optional.empty())));
    feedback = FeedbackServer.start(bounces, suppressions, new FullMailboxes(Samples.CLOCK));
    exim = Exim.start(program.get(), folder, feedback.port(), elsewhere.port());
    keys = new TestKeys(folder);
    sender =
        Samples.sender(
            Samples.settings(exim.port(), StartTls.OFF, Optional.empty()),
            Samples.composer(WholeMail.identity(keys, bounces)));
  }

  @AfterEach
  void stop() {
    if (exim != null) {
      sender.close();
      exim.close();
      feedback.close();
    }
    elsewhere.close();
  }

  @Test
  void digest_inTheMailbox_isSignedAndWhole() throws Exception {
    assertThat(sender.send(WholeMail.to("anna@example.org"))).isInstanceOf(Outcome.Accepted.class);

    await().atMost(PATIENCE).until(() -> exim.mails().size() == 1);
    var mail = WholeMail.expectWhole(exim.mails().getFirst().getBytes(UTF_8), keys);
    assertThat(mail.getHeader("Return-path", null))
        .isEqualTo("<" + new BounceAddresses(bounces).of("anna@example.org") + ">");
  }

  @Test
  void mailboxThatIsGone_isToldByABounce_andSuppressed() throws Exception {
    elsewhere.when(
        "gone@elsewhere.example", SmtpBehaviour.refuseRecipient(550, "5.1.1 No such user"));

    assertThat(sender.send(WholeMail.to("gone@elsewhere.example")))
        .isInstanceOf(Outcome.Accepted.class);

    await().atMost(PATIENCE).until(() -> !suppressions.all().isEmpty());
    var added = suppressions.all().getFirst();
    assertThat(added.address())
        .isEqualTo(SuppressedAddress.newBuilder().setAddress("gone@elsewhere.example").build());
    assertThat(added.reason()).isEqualTo(SuppressionReason.SUPPRESSION_REASON_BOUNCED);
    assertThat(added.detail()).contains("5.1.1 No such user");
  }

  @Test
  void serverThatDistrustsUs_isToldByABounce_andNobodyIsSuppressed() throws Exception {
    elsewhere.when(
        "boris@elsewhere.example", SmtpBehaviour.refuseRecipient(550, "5.7.1 Poor reputation"));
    elsewhere.when(
        "gone@elsewhere.example", SmtpBehaviour.refuseRecipient(550, "5.1.1 No such user"));

    sender.send(WholeMail.to("boris@elsewhere.example"));
    sender.send(WholeMail.to("gone@elsewhere.example"));

    await().atMost(PATIENCE).until(() -> exim.brought("bounces+") == 2);
    assertThat(suppressions.all())
        .extracting(added -> added.address().getAddress())
        .containsExactly("gone@elsewhere.example");
  }
}
