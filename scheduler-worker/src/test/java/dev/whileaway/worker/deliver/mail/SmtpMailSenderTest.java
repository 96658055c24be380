package dev.whileaway.worker.deliver.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.testkit.smtp.FakeSmtpServer;
import dev.whileaway.testkit.smtp.SmtpBehaviour;
import dev.whileaway.worker.deliver.DeliverySettings.Smtp.StartTls;
import dev.whileaway.worker.deliver.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What goes over held connections, and when they are held no longer.
class SmtpMailSenderTest {

  private final FakeSmtpServer server = FakeSmtpServer.start();
  private final SmtpMailSender sender = Samples.sender(Samples.plain(server));

  @AfterEach
  void close() {
    sender.close();
    server.close();
  }

  @Test // TRAPS 42
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
        Samples.smtp(server.port(), StartTls.OFF, Optional.empty(), 1, Samples.TIMEOUT, 3);
    try (var few = Samples.sender(settings)) {
      for (int i = 0; i < 7; i++) {
        few.send(Samples.mailTo("anna@example.org"));
      }
    }

    assertThat(server.connections()).isEqualTo(3);
    assertThat(server.messages()).hasSize(7);
  }

  @Test
  void connections_allBusy_isTriedLater() throws Exception {
    server.otherwise(SmtpBehaviour.delay(Duration.ofSeconds(1)));
    var one =
        Samples.smtp(
            server.port(), StartTls.OFF, Optional.empty(), 1, Duration.ofMillis(1500), 100);
    try (var single = Samples.sender(one);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> single.send(Samples.mailTo("anna@example.org")));
      var second = threads.submit(() -> single.send(Samples.mailTo("anna@example.org")));
      var third = threads.submit(() -> single.send(Samples.mailTo("anna@example.org")));

      assertThat(List.of(first.get(), second.get(), third.get()))
          .hasAtLeastOneElementOfType(Outcome.RetryAfter.class)
          .hasAtLeastOneElementOfType(Outcome.Accepted.class);
    }
  }
}
