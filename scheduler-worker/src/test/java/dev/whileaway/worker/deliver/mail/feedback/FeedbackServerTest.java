package dev.whileaway.worker.deliver.mail.feedback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.whileaway.templates.token.AddressPrint;
import dev.whileaway.templates.token.KeyRing;
import dev.whileaway.testkit.clock.ManualClock;
import dev.whileaway.v1.SuppressedAddress;
import dev.whileaway.v1.SuppressionReason;
import dev.whileaway.worker.deliver.DeliverySettings.Bounces;
import dev.whileaway.worker.deliver.DeliverySettings.Feedback;
import dev.whileaway.worker.deliver.mail.BounceAddresses;
import dev.whileaway.worker.deliver.mail.FullMailboxes;
import dev.whileaway.worker.deliver.mail.RememberedSuppressions;
import dev.whileaway.worker.deliver.mail.RememberedSuppressions.Added;
import jakarta.mail.Address;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bounces and complaints as mail servers write them, brought by SMTP.
class FeedbackServerTest {

  private static final String ANNA = "anna@example.org";
  private static final String COMPLAINTS = "complaints@mail.example.org";
  private static final int RANDOM_MAILS = 300;
  private static final Bounces SETTINGS =
      new Bounces(
          "bounces@mail.example.org",
          KeyRing.of(List.of("k".repeat(32))),
          Optional.of(new Feedback("127.0.0.1", 0, Optional.of(COMPLAINTS))));

  private final BounceAddresses addresses = new BounceAddresses(SETTINGS);
  private final RememberedSuppressions suppressions = new RememberedSuppressions();
  private final FullMailboxes full = new FullMailboxes(ManualClock.at("2026-01-31T10:15:00Z"));
  private FeedbackServer server;

  @BeforeEach
  void start() throws Exception {
    server = FeedbackServer.start(SETTINGS, suppressions, full);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void bounceOfADeadMailbox_suppressesItsAddress() throws Exception {
    bring(addresses.of(ANNA), bounce("Anna@example.org", "5.1.1", "550 5.1.1 No such user"));

    assertThat(suppressions.all())
        .containsExactly(
            new Added(
                SuppressedAddress.newBuilder().setAddress("Anna@example.org").build(),
                SuppressionReason.SUPPRESSION_REASON_BOUNCED,
                "5.1.1 550 5.1.1 No such user"));
  }

  @Test
  void bounceOfAForwardedMail_suppressesTheAddressThatWasMailed() throws Exception {
    bring(addresses.of(ANNA), bounce("a.smith@elsewhere.example", "5.1.1", "550 gone"));

    assertThat(suppressions.all()).extracting(Added::address).containsExactly(print(ANNA));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          5.0.0  | 550 5.1.1 unknown user       | true
          5.0.0 (permanent failure) | 550 5.1.1 gone | true
          5.1.1 (Bad destination mailbox address) | 550 gone | true
          5.2.1  | 550 account closed           | true
          5.1.10 | 556 does not accept mail     | true
          5.7.1  | 550 5.7.1 5.1.1 is blocked   | false
          5.2.2  | 552 mailbox full             | false
          5.0.0  | 554 5.7.1 spam               | false
          4.4.7  | 451 4.4.7 expired            | false
          5.0.0  | 554 no                       | false
          """)
  void bounce_suppressesByItsStatusAlone(String status, String words, boolean dead)
      throws Exception {
    bring(addresses.of(ANNA), bounce(ANNA, status, words));

    assertThat(suppressions.all()).hasSize(dead ? 1 : 0);
  }

  @Test
  void bouncesOfAFullMailbox_areCounted_andSuppressNobody() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(full.often()).isZero();
      bring(addresses.of(ANNA), bounce(ANNA, "5.2.2", "552 mailbox full"));
    }

    assertThat(full.often()).isOne();
    assertThat(suppressions.all()).isEmpty();
  }

  @Test
  void complaint_suppressesWhomTheReportedMailWentTo() throws Exception {
    bring(COMPLAINTS, complaint("abuse", "Original-Mail-From: <" + addresses.of(ANNA) + ">", ""));
    bring(COMPLAINTS, complaint("abuse", "", "Return-Path: <" + addresses.of("b@c.de") + ">"));

    assertThat(suppressions.all())
        .extracting(Added::address, Added::reason, Added::detail)
        .containsExactly(
            tuple(print(ANNA), SuppressionReason.SUPPRESSION_REASON_COMPLAINED, "abuse"),
            tuple(print("b@c.de"), SuppressionReason.SUPPRESSION_REASON_COMPLAINED, "abuse"));
  }

  @Test
  void whatIsNoReport_orForged_orAKindWord_suppressesNobody() throws Exception {
    var forged = addresses.of(ANNA).replaceAll("..@", "00@");
    bring(addresses.of(ANNA), "Subject: Out of office\r\n\r\nI am away. 5.1.1 550\r\n");
    bring(COMPLAINTS, complaint("not-spam", "Original-Mail-From: " + addresses.of(ANNA), ""));
    bring(COMPLAINTS, complaint("abuse", "Original-Mail-From: " + forged, ""));
    bring(COMPLAINTS, bounce(ANNA, "5.1.1", "550 5.1.1 forged"));

    assertThat(suppressions.all()).isEmpty();
    for (var stranger : List.of(forged, ANNA, "bounces@mail.example.org", "postmaster")) {
      assertThatThrownBy(() -> bring(stranger, bounce(ANNA, "5.1.1", "gone")))
          .as(stranger)
          .cause()
          .hasMessageContaining("5.1.1 No such address here");
    }
  }

  @Test
  void listOutOfReach_letsTheMailServerTryAgain() throws Exception {
    suppressions.away(true);
    assertThatThrownBy(() -> bring(addresses.of(ANNA), bounce(ANNA, "5.1.1", "550 gone")))
        .isInstanceOf(SMTPSendFailedException.class)
        .hasMessageContaining("451 4.3.0");

    suppressions.away(false);
    bring(addresses.of(ANNA), bounce(ANNA, "5.1.1", "550 gone"));
    assertThat(suppressions.all()).hasSize(1);
  }

  @Test
  void brokenReports_areLetGo_andTheNextOneIsRead() throws Exception {
    var random = new Random(20260131L);
    var whole = bounce(ANNA, "5.2.2", "552 full").getBytes(US_ASCII);
    for (int i = 0; i < RANDOM_MAILS; i++) {
      var broken = whole.clone();
      for (int j = 0; j < 20; j++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(1, 128);
      }
      var inbox = new FeedbackInbox(addresses, Optional.empty(), suppressions, full);
      inbox.read(List.of(addresses.of(ANNA)), broken);
    }

    bring(addresses.of("b@c.de"), bounce("b@c.de", "5.1.1", "550 gone"));
    assertThat(suppressions.all()).hasSize(1);
  }

  @Test
  void portThatIsTaken_isRefusedByItsKey() {
    var taken = new Feedback("127.0.0.1", server.port(), Optional.empty());

    assertThatThrownBy(() ->
            FeedbackServer.start(
                new Bounces(SETTINGS.address(), SETTINGS.keys(), Optional.of(taken)),
                suppressions,
                full))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("mail.feedback.port: expected a free port, but found 127.0.0.1:");
  }

  private static String bounce(String recipient, String status, String words) {
    return report(
        "delivery-status",
        """
        Reporting-MTA: dns; mx.example.org

        Final-Recipient: rfc822; %s
        Action: failed
        Status: %s
        Diagnostic-Code: smtp; %s
        """
            .formatted(recipient, status, words),
        "");
  }

  private static String complaint(String type, String field, String header) {
    return report(
        "feedback-report",
        "Feedback-Type: %s\nUser-Agent: Example/1.0\nVersion: 1\n%s\n".formatted(type, field),
        header);
  }

  private static String report(String type, String fields, String returned) {
    return """
    From: postmaster@example.org
    Subject: Report
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=%1$s; boundary="b"

    --b
    Content-Type: text/plain

    For people: 5.1.1
    --b
    Content-Type: message/%1$s

    %2$s
    --b
    Content-Type: text/rfc822-headers

    %3$s
    Subject: Hello

    --b--
    """
        .formatted(type, fields.strip() + "\n", returned)
        .replaceAll("(?m)^    ", "")
        .replaceAll("\n\n(?=Subject: Hello)", "\n")
        .replace("\n", "\r\n");
  }

  /// As a mail server does: from nobody.
  private void bring(String recipient, String mail) throws Exception {
    var session = Session.getInstance(new Properties());
    var message =
        new SMTPMessage(
            new MimeMessage(session, new ByteArrayInputStream(mail.getBytes(US_ASCII))));
    message.setEnvelopeFrom("<>");
    try (var transport = (SMTPTransport) session.getTransport("smtp")) {
      transport.connect("127.0.0.1", server.port(), null, null);
      transport.sendMessage(message, new Address[] {new InternetAddress(recipient)});
    }
  }

  private static SuppressedAddress print(String address) {
    return SuppressedAddress.newBuilder().setPrint(AddressPrint.of(address).hex()).build();
  }
}
