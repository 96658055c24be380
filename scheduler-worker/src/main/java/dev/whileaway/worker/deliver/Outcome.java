package dev.whileaway.worker.deliver;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How a send ended.
public sealed interface Outcome {

  /// What the other side said, for the ledger; may be empty.
  String detail();

  /// The other side took it.
  ///
  /// @param providerId its id of the message; may be empty
  record Accepted(String providerId, String detail) implements Outcome {}

  /// The token or mailbox is dead.
  ///
  /// @param since a token registered after this moment is a new one and stays
  record Unregistered(Optional<Instant> since, String detail) implements Outcome {}

  /// Refused for ever.
  record Rejected(String detail) implements Outcome {}

  /// Not taken now; it may be after `delay`.
  record RetryAfter(Duration delay, String detail) implements Outcome {}

  /// Written, and no answer came: it may have been taken. Never sent again unless the policy says
  /// so.
  record Unknown(String detail) implements Outcome {}
}
