package dev.whileaway.worker.deliver.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.templates.MailText;
import dev.whileaway.testkit.smtp.FakeSmtpServer;
import dev.whileaway.testkit.smtp.SmtpBehaviour;
import dev.whileaway.worker.deliver.DeliverySettings.Smtp.StartTls;
import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each answer of a mail server, at each step, and each silence means for a digest, its
/// address and its route.
class SmtpOutcomesTest {

  private final FakeSmtpServer server = FakeSmtpServer.start();
  private final SmtpMailSender sender = Samples.sender(Samples.plain(server));

  @AfterEach
  void close() {
    sender.close();
    server.close();
  }

  /// The last column: what follows the mail on its connection, if it can be used again.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GREETING | 421 4.3.2 Closing            | RetryAfter   | WAY       |
          GREETING | 554 5.7.1 No service for you | RetryAfter   | WAY       |
          MAIL     | 421 4.7.0 Too many of you    | RetryAfter   | STRAIN    |
          MAIL     | 451 4.7.1 Slow down          | RetryAfter   | STRAIN    |
          MAIL     | 452 4.3.1 Disk full          | RetryAfter   | RECIPIENT |
          MAIL     | 530 5.7.0 Authenticate first | RetryAfter   | PROVIDER  |
          MAIL     | 550 5.7.1 You may not        | RetryAfter   | PROVIDER  |
          RCPT     | 421 4.3.2 Closing            | RetryAfter   | STRAIN    |
          RCPT     | 450 4.2.0 Greylisted         | RetryAfter   | RECIPIENT | RSET
          RCPT     | 450 try later                | RetryAfter   | RECIPIENT | RSET
          RCPT     | 451 4.7.1 Greylisting is on  | RetryAfter   | RECIPIENT | RSET
          RCPT     | 450 4.7.1 Graylisted         | RetryAfter   | RECIPIENT | RSET
          RCPT     | 451 4.7.1 Slow down          | RetryAfter   | STRAIN    | RSET
          RCPT     | 450 4.7.28 Unusual rate      | RetryAfter   | STRAIN    | RSET
          RCPT     | 451 4.3.0 Try later          | RetryAfter   | RECIPIENT | RSET
          RCPT     | 452 4.2.2 Mailbox full       | RetryAfter   | RECIPIENT | RSET
          RCPT     | 552 5.2.2 Mailbox full       | RetryAfter   | RECIPIENT | RSET
          RCPT     | 530 5.7.0 Authenticate first | RetryAfter   | PROVIDER  | RSET
          RCPT     | 535 5.7.8 Not you            | RetryAfter   | PROVIDER  | RSET
          RCPT     | 550 5.1.1 No such user       | Unregistered |           | RSET
          RCPT     | 550 5.1.6 Mailbox moved      | Unregistered |           | RSET
          RCPT     | 556 5.1.10 Null MX           | Unregistered |           | RSET
          RCPT     | 550 5.2.1 Mailbox disabled   | Unregistered |           | RSET
          RCPT     | 550 mailbox unavailable      | Rejected     |           | RSET
          RCPT     | 550 Relaying denied          | Rejected     |           | RSET
          RCPT     | 550 5.7.1 Blocked            | Rejected     |           | RSET
          RCPT     | 550 5.7.26 No DMARC          | Rejected     |           | RSET
          RCPT     | 553 mailbox name not allowed | Rejected     |           | RSET
          RCPT     | 554 5.4.14 Hop count         | Rejected     |           | RSET
          DATA     | 421 4.3.2 Closing            | RetryAfter   | STRAIN    |
          DATA     | 451 4.3.0 Try later          | RetryAfter   | RECIPIENT |
          DATA     | 554 5.5.1 No valid recipients| Rejected     |           |
          DOT      | 421 4.7.0 Too much           | RetryAfter   | STRAIN    |
          DOT      | 451 4.7.0 Slow down          | RetryAfter   | STRAIN    | RSET
          DOT      | 451 4.3.0 Try later          | RetryAfter   | RECIPIENT | RSET
          DOT      | 452 4.3.1 Disk full          | RetryAfter   | RECIPIENT | RSET
          DOT      | 552 5.2.2 Mailbox full       | RetryAfter   | RECIPIENT | RSET
          DOT      | 550 5.1.1 No such user       | Unregistered |           | RSET
          DOT      | 550 Spam                     | Rejected     |           | RSET
          DOT      | 550 5.7.1 Content policy     | Rejected     |           | RSET
          DOT      | 552 5.3.4 Too big            | Rejected     |           | RSET
          DOT      | 554 5.6.0 Bad content        | Rejected     |           | RSET
          DOT      | 250 2.0.0 Queued             | Accepted     |           | MAIL
          """)
  void answer_atEachStep_endsAsTheTableSays(
      String step, String answer, String expected, String trouble, String follows)
      throws Exception {
    try (var scripted = new ScriptedSmtp().answering(step, answer, answer);
        var one =
            Samples.sender(Samples.settings(scripted.port(), StartTls.OFF, Optional.empty()))) {
      var outcome = one.send(Samples.mailTo("bob@example.org"));

      assertThat(outcome.getClass().getSimpleName()).as(outcome.detail()).isEqualTo(expected);
      assertThat(trouble(outcome)).as(outcome.detail()).isEqualTo(trouble);
      assertThat(outcome.detail()).contains(answer);

      one.send(Samples.mailTo("anna@example.org"));
      var heard = scripted.heard();
      var next = heard.subList(heard.indexOf(step) + 1, heard.size());
      if (follows == null) {
        assertThat(next).as("a new connection").contains(ScriptedSmtp.GREETING);
      } else {
        assertThat(next).startsWith(follows).doesNotContain(ScriptedSmtp.GREETING);
      }
    }
  }

  private static @Nullable String trouble(Outcome outcome) {
    return outcome instanceof Outcome.RetryAfter(_, var trouble, _) ? trouble.name() : null;
  }

  /// Nothing may be sent twice after the dot, and everything before it.
  @ParameterizedTest
  @CsvSource({
    "GREETING, HANG UP, RetryAfter",
    "EHLO, HANG UP, RetryAfter",
    "EHLO, 421 4.7.0 Too many of you, RetryAfter",
    "MAIL, HANG UP, RetryAfter",
    "RCPT, HANG UP, RetryAfter",
    "DATA, HANG UP, RetryAfter",
    "DOT, HANG UP, Unknown"
  })
  void connection_lostAtEachStep_isUnknownOnlyAfterTheDot(
      String step, String answer, String expected) throws Exception {
    try (var scripted = new ScriptedSmtp().answering(step, answer, answer);
        var one =
            Samples.sender(Samples.settings(scripted.port(), StartTls.OFF, Optional.empty()))) {
      var outcome = one.send(Samples.mailTo("bob@example.org"));

      assertThat(outcome.getClass().getSimpleName()).as(outcome.detail()).isEqualTo(expected);
    }
  }

  @Test
  void heldConnection_thatSays421_givesWayToANewOne() throws Exception {
    try (var scripted = new ScriptedSmtp();
        var one =
            Samples.sender(Samples.settings(scripted.port(), StartTls.OFF, Optional.empty()))) {
      one.send(Samples.mailTo("anna@example.org"));
      scripted.answering("MAIL", "421 4.4.2 Idle for too long");

      assertThat(one.send(Samples.mailTo("bob@example.org"))).isInstanceOf(Outcome.Accepted.class);
      assertThat(scripted.heard()).filteredOn(ScriptedSmtp.GREETING::equals).hasSize(2);
    }
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
            new MailText("Big", "<p>", line.repeat(75_000)));

    assertThat(sender.send(big)).isInstanceOf(Outcome.RetryAfter.class);
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void server_absent_isTriedLaterWithWords() throws Exception {
    int freePort;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      freePort = socket.getLocalPort();
    }
    try (var lonely = Samples.sender(Samples.settings(freePort, StartTls.OFF, Optional.empty()))) {
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
            Samples.sender(
                Samples.settings(silent.getLocalPort(), StartTls.OFF, Optional.empty()))) {
      var outcome = waiting.send(Samples.mailTo("anna@example.org"));

      assertThat(outcome).isInstanceOf(Outcome.RetryAfter.class);
    }
  }
}
