package dev.whileaway.worker.deliver.mail;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.whileaway.worker.deliver.DeliverySettings.Smtp;
import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.MailSender;
import dev.whileaway.worker.deliver.Outcome;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLSocketFactory;

/// Sends mails over held connections to one server.
public final class SmtpMailSender implements MailSender {

  private static final Duration BUSY_DELAY = Duration.ofSeconds(30);

  private final Smtp settings;
  private final MailComposer composer;
  private final SmtpConnector connector;
  private final ConnectionPool pool;
  private final Semaphore connections;
  private final LastLook lastLook;

  /// Sends to every address.
  public SmtpMailSender(Smtp settings, MailComposer composer) {
    this(settings, composer, Suppressions.NONE);
  }

  public SmtpMailSender(Smtp settings, MailComposer composer, Suppressions suppressions) {
    this(settings, composer, suppressions, Optional.empty());
  }

  SmtpMailSender(
      Smtp settings,
      MailComposer composer,
      Suppressions suppressions,
      Optional<SSLSocketFactory> tls) {
    this.lastLook = new LastLook(suppressions);
    this.settings = settings;
    this.composer = composer;
    connector = new SmtpConnector(settings, tls);
    pool = new ConnectionPool(settings.mailsPerConnection());
    connections = new Semaphore(settings.connections(), true);
  }

  @Override
  public Outcome send(Mail mail) throws InterruptedException {
    OutgoingMail outgoing;
    try {
      outgoing = composer.compose(mail);
    } catch (UnmailableException e) {
      return new Outcome.Rejected(e.reason());
    }
    if (!connections.tryAcquire(settings.timeout().toMillis(), MILLISECONDS)) {
      return new Outcome.RetryAfter(
          BUSY_DELAY, "all " + settings.connections() + " connections were busy");
    }
    try {
      var refusal = lastLook.refusal(outgoing.to());
      return refusal.isPresent() ? refusal.get() : lastLook.noted(outgoing.to(), deliver(outgoing));
    } finally {
      connections.release();
    }
  }

  @Override
  public void close() {
    pool.close();
    connector.close();
  }

  private Outcome deliver(OutgoingMail mail) {
    var held = pool.take();
    if (held.isPresent() && held.get().takes(mail.to())) {
      var attempt = held.get().attempt(mail);
      if (!attempt.foundDead()) {
        return settle(held.get(), attempt);
      }
    }
    held.ifPresent(SmtpConnection::end);
    return deliverOverNewConnection(mail);
  }

  private Outcome deliverOverNewConnection(OutgoingMail mail) {
    SmtpConnection connection;
    try {
      connection = connector.connect();
    } catch (MessagingException | RuntimeException e) {
      return SmtpOutcomes.notConnected(e, settings);
    }
    if (!connection.takes(mail.to())) {
      pool.giveBack(connection);
      return new Outcome.Rejected(
          "expected a server that offers SMTPUTF8 for " + mail.to().address());
    }
    return settle(connection, connection.attempt(mail));
  }

  private Outcome settle(SmtpConnection connection, SmtpAttempt attempt) {
    if (attempt.leavesConnectionUsable()) {
      pool.giveBack(connection);
    } else {
      connection.end();
    }
    return SmtpOutcomes.of(attempt);
  }
}
