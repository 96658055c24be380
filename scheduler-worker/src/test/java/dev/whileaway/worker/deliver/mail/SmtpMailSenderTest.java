package dev.whileaway.worker.deliver.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.templates.MailText;
import dev.whileaway.testkit.smtp.FakeSmtpServer;
import dev.whileaway.testkit.smtp.SmtpBehaviour;
import dev.whileaway.worker.deliver.DeliverySettings.Login;
import dev.whileaway.worker.deliver.DeliverySettings.Smtp;
import dev.whileaway.worker.deliver.DeliverySettings.Smtp.StartTls;
import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpMailSenderTest {

  private final FakeSmtpServer server = FakeSmtpServer.start();
  private final SmtpMailSender sender = sender(Samples.plain(server));

  @AfterEach
  void close() {
    sender.close();
    server.close();
  }

  @Test
  void mail_taken_isAcceptedWithTheServersId() throws Exception {
    var outcome = sender.send(Samples.mailTo("anna@example.org"));

    assertThat(outcome)
        .isEqualTo(new Outcome.Accepted("Ok: queued as 1", "250 2.0.0 Ok: queued as 1"));
    var mail = server.messages().getFirst();
    assertThat(mail.from()).isEqualTo("digest@example.org");
    assertThat(mail.to()).isEqualTo("anna@example.org");
    assertThat(mail.text())
        .contains("Message-ID: <anna-7@mail.example.org>\r\n")
        .contains("Date: Sat, 31 Jan 2026 10:15:00 +0000\r\n")
        .contains("Auto-Submitted: auto-generated\r\n")
        .contains("List-Id: <digest.mail.example.org>\r\n")
        .contains("Content-Language: ru\r\n")
        .contains("Hello Anna\r\n.\r\nBye");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          550, 5.1.1 No such user,       Unregistered
          550, 5.1.6 Mailbox moved,      Unregistered
          550, 5.1.10 Null MX,           Unregistered
          550, 5.2.1 Mailbox disabled,   Unregistered
          550, mailbox unavailable,      Unregistered
          550, 5.7.1 Blocked,            Rejected
          550, 5.7.26 No DMARC,          Rejected
          553, mailbox name not allowed, Rejected
          554, 5.4.14 Hop count,         Rejected
          421, 4.3.2 Closing,            RetryAfter
          450, 4.2.0 Greylisted,         RetryAfter
          451, 4.7.1 Slow down,          RetryAfter
          452, 4.2.2 Mailbox full,       RetryAfter
          552, 5.2.2 Mailbox full,       RetryAfter
          530, 5.7.0 Authenticate first, RetryAfter
          """)
  void recipient_refused_endsAsTheTableSays(int code, String text, String expected)
      throws Exception {
    server.when("bob@example.org", SmtpBehaviour.refuseRecipient(code, text));

    var outcome = sender.send(Samples.mailTo("bob@example.org"));

    assertThat(outcome.getClass().getSimpleName()).as(outcome.detail()).isEqualTo(expected);
    assertThat(outcome.detail()).contains(code + " " + text);
    assertThat(server.messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          550, 5.1.1 No such user,   Unregistered
          550, Spam,                 Rejected
          550, 5.7.1 Content policy, Rejected
          552, 5.3.4 Too big,        Rejected
          554, 5.6.0 Bad content,    Rejected
          451, 4.3.0 Try later,      RetryAfter
          452, 4.3.1 Disk full,      RetryAfter
          """)
  void data_refused_endsAsTheTableSays(int code, String text, String expected) throws Exception {
    server.when("bob@example.org", SmtpBehaviour.refuseData(code, text));

    var outcome = sender.send(Samples.mailTo("bob@example.org"));

    assertThat(outcome.getClass().getSimpleName()).as(outcome.detail()).isEqualTo(expected);
    assertThat(outcome.detail()).contains(code + " " + text);
  }

  @Test
  void connection_afterARefusal_takesTheNextMail() throws Exception {
    server.when("bob@example.org", SmtpBehaviour.refuseRecipient(550, "5.1.1 No such user"));
    server.when("eve@example.org", SmtpBehaviour.refuseData(554, "5.6.0 Bad content"));

    sender.send(Samples.mailTo("bob@example.org"));
    sender.send(Samples.mailTo("eve@example.org"));
    var outcome = sender.send(Samples.mailTo("anna@example.org"));

    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test // TRAPS 6
  void connection_lostAfterTheFinalDot_isUnknown() throws Exception {
    server.when("bob@example.org", SmtpBehaviour.CLOSE_AFTER_DOT);

    var outcome = sender.send(Samples.mailTo("bob@example.org"));

    assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
    assertThat(server.messages()).hasSize(1);
  }

  @Test // TRAPS 43
  void server_silentAfterTheFinalDot_isUnknownAfterTheTimeout() throws Exception {
    server.when("bob@example.org", SmtpBehaviour.delay(Samples.TIMEOUT.multipliedBy(3)));

    var outcome = sender.send(Samples.mailTo("bob@example.org"));

    assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void connection_lostInTheMiddleOfTheMail_isTriedLater() throws Exception {
    server.when("bob@example.org", SmtpBehaviour.CLOSE_IN_DATA);
    var line = "x".repeat(70) + "\n";
    var mail = Samples.mailTo("bob@example.org");
    var big =
        new Mail(
            mail.digestId(),
            mail.toAddress(),
            mail.toName(),
            mail.locale(),
            new MailText("Big", "<p>", line.repeat(75_000)));

    assertThat(sender.send(big)).isInstanceOf(Outcome.RetryAfter.class);
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void connection_lostAtTheRecipient_isTriedLater() throws Exception {
    server.when("bob@example.org", SmtpBehaviour.CLOSE_AT_RECIPIENT);

    assertThat(sender.send(Samples.mailTo("bob@example.org")))
        .isInstanceOf(Outcome.RetryAfter.class);
  }

  @Test
  void heldConnection_foundDead_isReplacedSilently() throws Exception {
    sender.send(Samples.mailTo("anna@example.org"));
    server.hangUp();

    var outcome = sender.send(Samples.mailTo("anna@example.org"));

    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    assertThat(server.connections()).isEqualTo(2);
    assertThat(server.messages()).hasSize(2);
  }

  @Test
  void connection_afterItsMails_isMadeAnew() throws Exception {
    var settings =
        new Smtp("localhost", server.port(), StartTls.OFF, Optional.empty(), 1, Samples.TIMEOUT, 3);
    try (var few = sender(settings)) {
      for (int i = 0; i < 7; i++) {
        few.send(Samples.mailTo("anna@example.org"));
      }
    }

    assertThat(server.connections()).isEqualTo(3);
    assertThat(server.messages()).hasSize(7);
  }

  @Test
  void server_absent_isTriedLaterWithWords() throws Exception {
    int freePort;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      freePort = socket.getLocalPort();
    }
    try (var lonely = sender(Samples.settings(freePort, StartTls.OFF, Optional.empty()))) {
      var outcome = lonely.send(Samples.mailTo("anna@example.org"));

      assertThat(outcome).isInstanceOf(Outcome.RetryAfter.class);
      assertThat(outcome.detail())
          .isEqualTo(
              "no connection to the mail server localhost:" + freePort + " (connection refused)");
    }
  }

  @Test // TRAPS 43
  void server_thatNeverGreets_isTriedLaterAfterTheTimeout() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var waiting =
            sender(Samples.settings(silent.getLocalPort(), StartTls.OFF, Optional.empty()))) {
      var outcome = waiting.send(Samples.mailTo("anna@example.org"));

      assertThat(outcome).isInstanceOf(Outcome.RetryAfter.class);
    }
  }

  @Test
  void startTls_requiredButNotOffered_leaksNothing() throws Exception {
    var heard = new CompletableFuture<String>();
    try (var clear = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var strict =
            sender(
                Samples.settings(
                    clear.getLocalPort(),
                    StartTls.REQUIRED,
                    Optional.of(new Login("mailer", "s3cret"))))) {
      threads.execute(() -> heard.complete(serveWithoutTls(clear)));

      var outcome = strict.send(Samples.mailTo("anna@example.org"));

      assertThat(outcome).isInstanceOf(Outcome.RetryAfter.class);
      assertThat(outcome.detail()).contains("STARTTLS is required");
      assertThat(heard.join()).startsWith("EHLO ").doesNotContain("AUTH", "MAIL", "anna");
    }
  }

  @Test
  void startTls_withACertificateNobodyTrusts_isTriedLaterWithWords() throws Exception {
    try (var own = FakeSmtpServer.builder().startTls().start();
        var strict = sender(Samples.settings(own.port(), StartTls.REQUIRED, Optional.empty()))) {
      var outcome = strict.send(Samples.mailTo("anna@example.org"));

      assertThat(outcome).isInstanceOf(Outcome.RetryAfter.class);
      assertThat(outcome.detail()).contains("TLS").contains("certification path");
      assertThat(own.messages()).isEmpty();
    }
  }

  @Test
  void startTls_withALogin_sendsEncrypted() throws Exception {
    var login = new Login("mailer", "s3cret");
    try (var own =
            FakeSmtpServer.builder().startTls().login(login.username(), login.password()).start();
        var strict = trusting(own, Optional.of(login))) {
      assertThat(strict.send(Samples.mailTo("anna@example.org")))
          .isInstanceOf(Outcome.Accepted.class);
      assertThat(own.messages().getFirst().encrypted()).isTrue();
      assertThat(own.messages().getFirst().login()).isEqualTo("mailer");
    }
  }

  @Test
  void startTls_withACertificateForAnotherHost_isTriedLater() throws Exception {
    try (var own = FakeSmtpServer.builder().startTlsAs("mail.elsewhere.example").start();
        var strict = trusting(own, Optional.empty())) {
      var outcome = strict.send(Samples.mailTo("anna@example.org"));

      assertThat(outcome).isInstanceOf(Outcome.RetryAfter.class);
      assertThat(own.messages()).isEmpty();
    }
  }

  @Test
  void login_wrong_isTriedLaterAndNamesTheSetting() throws Exception {
    try (var own = FakeSmtpServer.builder().login("mailer", "s3cret").start();
        var wrong =
            sender(
                Samples.settings(
                    own.port(), StartTls.OFF, Optional.of(new Login("mailer", "guess"))))) {
      var outcome = wrong.send(Samples.mailTo("anna@example.org"));

      assertThat(outcome).isInstanceOf(Outcome.RetryAfter.class);
      assertThat(outcome.detail()).contains("delivery.smtp.username").doesNotContain("guess");
    }
  }

  @Test
  void login_missing_isTriedLaterAndNamesTheSetting() throws Exception {
    try (var own = FakeSmtpServer.builder().login("mailer", "s3cret").start();
        var anonymous = sender(Samples.plain(own))) {
      var outcome = anonymous.send(Samples.mailTo("anna@example.org"));

      assertThat(outcome).isInstanceOf(Outcome.RetryAfter.class);
      assertThat(outcome.detail()).contains("delivery.smtp.username");
    }
  }

  @Test
  void address_international_goesOverSmtpUtf8AndIdn() throws Exception {
    assertThat(sender.send(Samples.mailTo("анна@пример.рф"))).isInstanceOf(Outcome.Accepted.class);

    var mail = server.messages().getFirst();
    assertThat(mail.to()).isEqualTo("анна@xn--e1afmkfd.xn--p1ai");
    assertThat(new String(mail.raw(), StandardCharsets.UTF_8))
        .contains("<анна@xn--e1afmkfd.xn--p1ai>");
  }

  @Test
  void address_thatNeedsSmtpUtf8_isRejectedWhereItIsNotOffered() throws Exception {
    var heard = new CompletableFuture<String>();
    try (var old = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.execute(() -> heard.complete(serveWithoutTls(old)));
      try (var plain =
          sender(Samples.settings(old.getLocalPort(), StartTls.OFF, Optional.empty()))) {
        var outcome = plain.send(Samples.mailTo("анна@example.org"));

        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcome.detail()).contains("SMTPUTF8");
      }
      assertThat(heard.join()).doesNotContain("MAIL");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nobody",
    "@example.org",
    "a b@example.org",
    "anna@",
    "'a@b.org, c@d.org'",
    "'all:a@b.org;'"
  })
  void address_malformed_isRejectedWithWords(String address) throws Exception {
    var outcome = sender.send(Samples.mailTo(address));

    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(outcome.detail()).startsWith("expected an e-mail address, but found ");
  }

  @Test
  void connections_allBusy_isTriedLater() throws Exception {
    server.otherwise(SmtpBehaviour.delay(Duration.ofSeconds(1)));
    var one =
        new Smtp(
            "localhost",
            server.port(),
            StartTls.OFF,
            Optional.empty(),
            1,
            Duration.ofMillis(1500),
            100);
    try (var single = sender(one);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> single.send(Samples.mailTo("anna@example.org")));
      var second = threads.submit(() -> single.send(Samples.mailTo("anna@example.org")));
      var third = threads.submit(() -> single.send(Samples.mailTo("anna@example.org")));

      assertThat(List.of(first.get(), second.get(), third.get()))
          .hasAtLeastOneElementOfType(Outcome.RetryAfter.class)
          .hasAtLeastOneElementOfType(Outcome.Accepted.class);
    }
  }

  private static SmtpMailSender sender(Smtp settings) {
    return new SmtpMailSender(settings, Samples.composer());
  }

  private static SmtpMailSender trusting(FakeSmtpServer server, Optional<Login> login) {
    return new SmtpMailSender(
        Samples.settings(server.port(), StartTls.REQUIRED, login),
        Samples.composer(),
        Suppressions.NONE,
        Optional.of(server.certificate().clientContext().getSocketFactory()));
  }

  /// Greets, offers nothing, and tells all that it heard.
  private static String serveWithoutTls(ServerSocket listening) {
    try (var client = listening.accept()) {
      client.getOutputStream().write("220 clear\r\n".getBytes(StandardCharsets.US_ASCII));
      var heard = new StringBuilder();
      var lines =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        heard.append(line).append('\n');
        client.getOutputStream().write("250 clear\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      return heard.toString();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
