package dev.whileaway.worker.deliver.mail;

import dev.whileaway.templates.MailText;
import dev.whileaway.templates.token.KeyRing;
import dev.whileaway.testkit.clock.ManualClock;
import dev.whileaway.testkit.smtp.FakeSmtpServer;
import dev.whileaway.worker.deliver.DeliverySettings.Login;
import dev.whileaway.worker.deliver.DeliverySettings.MailIdentity;
import dev.whileaway.worker.deliver.DeliverySettings.Smtp;
import dev.whileaway.worker.deliver.DeliverySettings.Smtp.StartTls;
import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.route.PerDomain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Mails and settings that the tests share.
final class Samples {

  static final InstantSource CLOCK = ManualClock.at("2026-01-31T10:15:00Z");
  static final Duration TIMEOUT = Duration.ofSeconds(2);
  static final String SECRET = "a secret of thirty-two characters";
  static final MailIdentity IDENTITY =
      MailIdentity.of("digest@example.org", "Пока вас не было", "mail.example.org");
  static final KeyRing KEYS = KeyRing.of(List.of(SECRET));

  private Samples() {}

  static MailComposer composer() {
    return composer(IDENTITY);
  }

  static MailComposer composer(MailIdentity identity) {
    try {
      return MailComposer.open(identity, CLOCK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Mail mailTo(String address) {
    return mail("anna-7", address, "Анна", "3 новых сообщения");
  }

  static Mail mail(String digestId, String address, String name, String subject) {
    return new Mail(
        digestId,
        address,
        name,
        new MailText(
            subject,
            "<p>Привет, <b>Анна</b></p>\n",
            "Hello Anna\n.\nBye\n",
            /* oneClick */ "",
            Locale.forLanguageTag("ru")));
  }

  static Smtp settings(int port, StartTls startTls, Optional<Login> login) {
    return smtp(port, startTls, login, 2, TIMEOUT, 100);
  }

  static Smtp smtp(
      int port,
      StartTls startTls,
      Optional<Login> login,
      int connections,
      Duration timeout,
      int mailsPerConnection) {
    return new Smtp(
        "localhost",
        port,
        startTls,
        login,
        connections,
        timeout,
        mailsPerConnection,
        PerDomain.of(connections));
  }

  static Smtp plain(FakeSmtpServer server) {
    return settings(server.port(), StartTls.OFF, Optional.empty());
  }

  /// To every address.
  static SmtpMailSender sender(Smtp settings) {
    return sender(settings, composer());
  }

  static SmtpMailSender sender(Smtp settings, MailComposer composer) {
    return new SmtpMailSender(settings, composer, Suppressions.NONE, new FullMailboxes(CLOCK));
  }
}
