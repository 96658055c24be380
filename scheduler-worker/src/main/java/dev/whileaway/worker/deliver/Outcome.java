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

  /// The token or mailbox is dead, or its owner wants nothing more.
  ///
  /// @param since a token registered after this moment is a new one and stays
  record Unregistered(Optional<Instant> since, String detail) implements Outcome {}

  /// Refused for ever.
  record Rejected(String detail) implements Outcome {}

  /// Not taken now; it may be after `delay`. Nothing was delivered.
  record RetryAfter(Duration delay, Trouble trouble, String detail) implements Outcome {

    /// Trouble of this recipient alone.
    public RetryAfter(Duration delay, String detail) {
      this(delay, Trouble.RECIPIENT, detail);
    }
  }

  /// Written, and no answer came: it may have been taken. Never sent again unless the policy says
  /// so.
  record Unknown(String detail) implements Outcome {}

  /// Whose trouble it is that a send was not taken: what it says of the sends after it.
  enum Trouble {
    /// This recipient's: a full mailbox, a greylisting server. The next one may be taken.
    RECIPIENT,
    /// The pace: the provider wants nothing at all until the delay is over (429).
    PACE,
    /// The provider's for the moment: it takes less than it is offered (SMTP 421, 4.7.x). This
    /// recipient waits for the delay, the others for less, and longer each time.
    STRAIN,
    /// The provider's, or our account's with it (5xx, a refused login).
    PROVIDER,
    /// The way's: the connection broke before anything was written, or its other end gave it up for
    /// an error. Another may do.
    WAY,
    /// Nobody's: the server ends the connection in good order, and has not looked at this (HTTP/2's
    /// GOAWAY without an error). Another will do.
    TURNED_AWAY
  }
}
