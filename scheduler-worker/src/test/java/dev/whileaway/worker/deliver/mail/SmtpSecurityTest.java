package dev.whileaway.worker.deliver.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.testkit.smtp.FakeSmtpServer;
import dev.whileaway.worker.deliver.DeliverySettings.Login;
import dev.whileaway.worker.deliver.DeliverySettings.Smtp.StartTls;
import dev.whileaway.worker.deliver.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is encrypted, for whom, and who is let in.
class SmtpSecurityTest {

  @Test
  void startTls_requiredButNotOffered_leaksNothing() throws Exception {
    var login = Optional.of(new Login("mailer", "s3cret"));
    try (var clear = new ScriptedSmtp();
        var strict = Samples.sender(Samples.settings(clear.port(), StartTls.REQUIRED, login))) {
      var outcome = strict.send(Samples.mailTo("anna@example.org"));

      assertThat(outcome).isInstanceOf(Outcome.RetryAfter.class);
      assertThat(outcome.detail()).contains("STARTTLS is required");
      assertThat(clear.heard())
          .startsWith(ScriptedSmtp.GREETING, "EHLO")
          .doesNotContain("AUTH", "MAIL", "RCPT");
    }
  }

  @Test
  void startTls_withACertificateNobodyTrusts_isTriedLaterWithWords() throws Exception {
    try (var own = FakeSmtpServer.builder().startTls().start();
        var strict =
            Samples.sender(Samples.settings(own.port(), StartTls.REQUIRED, Optional.empty()))) {
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
            Samples.sender(
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
        var anonymous = Samples.sender(Samples.plain(own))) {
      var outcome = anonymous.send(Samples.mailTo("anna@example.org"));

      assertThat(outcome).isInstanceOf(Outcome.RetryAfter.class);
      assertThat(outcome.detail()).contains("delivery.smtp.username");
    }
  }

  private static SmtpMailSender trusting(FakeSmtpServer server, Optional<Login> login) {
    return new SmtpMailSender(
        Samples.settings(server.port(), StartTls.REQUIRED, login),
        Samples.composer(),
        Suppressions.NONE,
        new FullMailboxes(Samples.CLOCK),
        Optional.of(server.certificate().clientContext().getSocketFactory()));
  }
}
