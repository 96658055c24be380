package dev.whileaway.worker.deliver.mail;

import java.util.Optional;

/// How far a mail came on a connection.
///
/// @param reply the answer in that stage; empty: the connection was lost before it
/// @param failure what the connection died of; empty: nothing
record SmtpAttempt(Stage stage, Optional<SmtpReply> reply, String failure) {

  /// The steps of handing over a mail.
  enum Stage {
    /// The sender was named. Nothing is bound to it yet.
    MAIL,
    /// The recipient was named.
    RCPT,
    /// The message is being written, its end not yet.
    DATA,
    /// The final dot was written, or may have been: from here on the server may have the mail.
    END
  }

  /// The connection was of no use from the start, so that the mail may go over another one. MAIL
  /// FROM is the probe: it binds nobody to anything.
  boolean foundDead() {
    return stage == Stage.MAIL && (reply.isEmpty() || reply.get().code() == 421);
  }

  /// The conversation is in a known state, and the next mail may follow.
  boolean leavesConnectionUsable() {
    return switch (stage) {
      case MAIL, DATA -> false;
      case RCPT, END -> failure.isEmpty() && reply.isPresent() && reply.get().code() != 421;
    };
  }
}
