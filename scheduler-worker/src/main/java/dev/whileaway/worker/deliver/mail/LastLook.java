package dev.whileaway.worker.deliver.mail;

import dev.whileaway.v1.SuppressedAddress;
import dev.whileaway.v1.SuppressionReason;
import dev.whileaway.worker.deliver.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last looks at the suppression list before a mail goes out, and what a refusal adds to it.
///
/// There are two. One before begin-send, so that a mail that may not go out is hardly ever begun,
/// and says nothing of its route; one when the connection stands, right before the mail is begun,
/// since the address may have bounced or complained while begin-send and connecting took their
/// time.
final class LastLook {

  private static final Logger LOG = LoggerFactory.getLogger(LastLook.class);
  private static final Duration UNREACHABLE_DELAY = Duration.ofSeconds(30);

  private final Suppressions suppressions;

  LastLook(Suppressions suppressions) {
    this.suppressions = suppressions;
  }

  /// Empty: the mail may go out. A list that cannot be asked holds it back.
  Optional<Outcome> refusal(MailAddress to) {
    try {
      return suppressions
          .why(to.address())
          .map(why ->
              new Outcome.Unregistered(Optional.empty(), "the address is suppressed, " + why));
    } catch (RuntimeException e) {
      return Optional.of(
          new Outcome.RetryAfter(
              UNREACHABLE_DELAY, "the suppression list cannot be asked: " + e.getMessage()));
    }
  }

  /// Remembers a dead mailbox. If that fails, the next mail to it says so again.
  Outcome noted(MailAddress to, Outcome outcome) {
    if (outcome instanceof Outcome.Unregistered(_, var detail)) {
      try {
        suppressions.add(
            SuppressedAddress.newBuilder().setAddress(to.address()).build(),
            SuppressionReason.SUPPRESSION_REASON_BOUNCED,
            detail);
      } catch (RuntimeException e) {
        LOG.warn("expected to suppress a dead mailbox, but found: {}", e.getMessage());
      }
    }
    return outcome;
  }
}
