package dev.whileaway.worker.deliver.mail;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.whileaway.worker.deliver.DeliverySettings.Smtp;
import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.MailSender;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Reservation.Refused;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLSocketFactory;

/// Sends mails over held connections to one server.
public final class SmtpMailSender implements MailSender {

  private static final Duration BUSY_DELAY = Duration.ofSeconds(30);

  /// For a connection: what waits does so under a lease.
  private static final Duration PATIENCE_MAX = Duration.ofSeconds(2);

  private final Smtp settings;
  private final MailComposer composer;
  private final SmtpConnector connector;
  private final ConnectionPool pool;
  private final Semaphore connections;
  private final FullMailboxes full;
  private final LastLook lastLook;

  public SmtpMailSender(
      Smtp settings, MailComposer composer, Suppressions suppressions, FullMailboxes full) {
    this(settings, composer, suppressions, full, Optional.empty());
  }

  SmtpMailSender(
      Smtp settings,
      MailComposer composer,
      Suppressions suppressions,
      FullMailboxes full,
      Optional<SSLSocketFactory> tls) {
    this.full = full;
    this.lastLook = new LastLook(suppressions);
    this.settings = settings;
    this.composer = composer;
    connector = new SmtpConnector(settings, tls);
    pool = new ConnectionPool(settings.mailsPerConnection());
    connections = new Semaphore(settings.connections(), true);
  }

  @Override
  public Outcome send(Mail mail) throws InterruptedException {
    return Reservation.sendNow(reserve(mail));
  }

  /// A place is a connection, or the right to open one.
  @Override
  public Reservation reserve(Mail mail) throws InterruptedException {
    OutgoingMail outgoing;
    try {
      outgoing = composer.compose(mail);
    } catch (UnmailableException e) {
      return Reservation.impossible(new Outcome.Rejected(e.reason()));
    }
    if (!connections.tryAcquire(patience().toMillis(), MILLISECONDS)) {
      return new Refused(
          Refused.Cause.FULL,
          new Outcome.RetryAfter(
              BUSY_DELAY, "all " + settings.connections() + " connections were busy"));
    }
    var refusal = lastLook.refusal(outgoing.to());
    if (refusal.isPresent()) {
      connections.release();
      return Reservation.impossible(refusal.get());
    }
    return Reservation.held(
        () -> full.told(outgoing.to(), deliver(outgoing)), connections::release);
  }

  private Duration patience() {
    return settings.timeout().compareTo(PATIENCE_MAX) < 0 ? settings.timeout() : PATIENCE_MAX;
  }

  @Override
  public void close() {
    pool.close();
    connector.close();
  }

  private Outcome deliver(OutgoingMail mail) {
    var held = pool.take();
    if (held.isPresent() && held.get().takes(mail.to())) {
      var refusal = refusal(held.get(), mail);
      if (refusal.isPresent()) {
        return refusal.get();
      }
      var attempt = held.get().attempt(mail);
      if (!attempt.foundDead()) {
        return settle(held.get(), attempt, mail.to());
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
    var refusal = refusal(connection, mail);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    return settle(connection, connection.attempt(mail), mail.to());
  }

  /// The last look; a connection that is not used goes back.
  private Optional<Outcome> refusal(SmtpConnection connection, OutgoingMail mail) {
    var refusal = lastLook.refusal(mail.to());
    refusal.ifPresent(_ -> pool.giveBack(connection));
    return refusal;
  }

  private Outcome settle(SmtpConnection connection, SmtpAttempt attempt, MailAddress to) {
    if (attempt.leavesConnectionUsable()) {
      pool.giveBack(connection);
    } else {
      connection.end();
    }
    if (attempt.reply().filter(SmtpOutcomes::mailboxFull).isPresent()) {
      full.add(to.print());
    }
    return lastLook.noted(to, SmtpOutcomes.of(attempt));
  }
}
