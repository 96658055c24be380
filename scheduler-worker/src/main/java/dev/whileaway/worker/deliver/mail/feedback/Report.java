package dev.whileaway.worker.deliver.mail.feedback;

import java.util.List;

/// What a mail that came back tells.
sealed interface Report {

  /// A mailbox is dead.
  ///
  /// @param recipient the address as the other side writes it; may be empty
  /// @param detail status and words, on one line
  record DeadMailbox(String recipient, String detail) implements Report {}

  /// A mailbox has no room.
  record FullMailbox() implements Report {}

  /// A reader called a mail spam.
  ///
  /// @param senders envelope senders that the report names
  record Complaint(List<String> senders, String detail) implements Report {}

  /// Nothing that ends an address: a delay, a refusal that speaks of us, an out-of-office note.
  record Nothing() implements Report {}
}
