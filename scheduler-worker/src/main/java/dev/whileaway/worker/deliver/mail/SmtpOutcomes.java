package dev.whileaway.worker.deliver.mail;

import dev.whileaway.worker.deliver.DeliverySettings.Smtp;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import dev.whileaway.worker.deliver.mail.SmtpAttempt.Stage;
import jakarta.mail.AuthenticationFailedException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/// What an end of an SMTP conversation means for a digest.
///
/// Two rules stand above the table: what is the operator's fault (login, sender, reputation) never
/// costs a user the address, and what may have been taken is never called a failure.
final class SmtpOutcomes {

  /// After a lost or refused connection.
  private static final Duration ROUTE_DELAY = Duration.ofSeconds(30);

  /// After 4xx: a greylisting server wants some minutes (RFC 6647 section 4).
  private static final Duration TEMPORARY_DELAY = Duration.ofMinutes(5);

  /// After a refusal that only the operator can end.
  private static final Duration OPERATOR_DELAY = Duration.ofMinutes(5);

  private static final Duration MAILBOX_FULL_DELAY = Duration.ofHours(1);

  private static final Pattern GREYLISTED = Pattern.compile("(?i)gr[ae]y-?list");

  private static final Set<Integer> LOGIN_REFUSED = Set.of(530, 534, 535, 538);

  private SmtpOutcomes() {}

  static Outcome of(SmtpAttempt attempt) {
    return attempt
        .reply()
        .map(reply -> answered(attempt, reply))
        .orElseGet(() -> unanswered(attempt));
  }

  /// The server could not be reached, or did not let us in: nothing was sent.
  static Outcome notConnected(Exception failure, Smtp settings) {
    var server = settings.host() + ":" + settings.port();
    if (failure instanceof AuthenticationFailedException) {
      return new Outcome.RetryAfter(
          OPERATOR_DELAY,
          Trouble.PROVIDER,
          "%s refused the login of delivery.smtp.username: %s".formatted(server, words(failure)));
    }
    return new Outcome.RetryAfter(
        ROUTE_DELAY,
        Trouble.WAY,
        "no connection to the mail server %s (%s)".formatted(server, cause(failure)));
  }

  private static Outcome answered(SmtpAttempt attempt, SmtpReply reply) {
    return switch (reply.code() / 100) {
      case 2 -> attempt.stage() == Stage.END ? accepted(reply) : lost(attempt);
      case 4 -> temporary(reply);
      case 5 -> refused(attempt.stage(), reply);
      default -> unanswered(attempt);
    };
  }

  private static Outcome accepted(SmtpReply reply) {
    return new Outcome.Accepted(reply.text(), reply.words());
  }

  private static Outcome temporary(SmtpReply reply) {
    if (mailboxFull(reply)) {
      return new Outcome.RetryAfter(MAILBOX_FULL_DELAY, reply.words());
    }
    if (reply.code() == 421) {
      return new Outcome.RetryAfter(ROUTE_DELAY, Trouble.STRAIN, reply.words());
    }
    var trouble = slowsUsDown(reply) ? Trouble.STRAIN : Trouble.RECIPIENT;
    return new Outcome.RetryAfter(TEMPORARY_DELAY, trouble, reply.words());
  }

  /// 4.7.x is a rate or a reputation: more mails of the same domain would only make it worse. But
  /// many greylisting servers say so too, and want nothing but that this one comes again.
  private static boolean slowsUsDown(SmtpReply reply) {
    return reply.status().startsWith("4.7.") && !GREYLISTED.matcher(reply.text()).find();
  }

  private static Outcome refused(Stage stage, SmtpReply reply) {
    if (LOGIN_REFUSED.contains(reply.code())) {
      return new Outcome.RetryAfter(
          OPERATOR_DELAY,
          Trouble.PROVIDER,
          "the server wants another delivery.smtp.username: " + reply.words());
    }
    // No recipient was named yet, so it is about us.
    if (stage == Stage.MAIL) {
      return new Outcome.RetryAfter(
          OPERATOR_DELAY,
          Trouble.PROVIDER,
          "the server refuses the sender, mail.from: " + reply.words());
    }
    if (mailboxFull(reply)) {
      return new Outcome.RetryAfter(MAILBOX_FULL_DELAY, reply.words());
    }
    return MailboxStatus.dead(reply.status())
        ? new Outcome.Unregistered(Optional.empty(), reply.words())
        : new Outcome.Rejected(reply.words());
  }

  static boolean mailboxFull(SmtpReply reply) {
    return MailboxStatus.full(reply.status()) || (reply.code() == 552 && reply.status().isEmpty());
  }

  private static Outcome unanswered(SmtpAttempt attempt) {
    return attempt.stage() == Stage.END
        ? new Outcome.Unknown("no answer to the final dot: " + attempt.failure())
        : lost(attempt);
  }

  private static Outcome lost(SmtpAttempt attempt) {
    return new Outcome.RetryAfter(
        ROUTE_DELAY,
        Trouble.WAY,
        "the connection was lost before the mail's end, in %s: %s"
            .formatted(attempt.stage(), attempt.failure()));
  }

  /// The first cause, since the library wraps "connection refused" into twice its length.
  private static String cause(Throwable failure) {
    var cause = failure;
    boolean tls = cause instanceof SSLException;
    while (cause.getCause() != null) {
      cause = cause.getCause();
      tls |= cause instanceof SSLException;
    }
    var words = cause instanceof UnknownHostException ? "unknown host" : sentence(cause);
    return HeaderText.oneLine((tls ? "TLS: " : "") + words);
  }

  /// Written as the middle of a sentence; names such as STARTTLS stay.
  private static String sentence(Throwable cause) {
    var message = Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    return message.length() > 1 && Character.isLowerCase(message.charAt(1))
        ? message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1)
        : message;
  }

  private static String words(Exception failure) {
    var cause = failure.getCause();
    var words = cause == null ? failure.toString() : failure.getMessage() + " (" + cause + ")";
    return HeaderText.oneLine(words);
  }
}
