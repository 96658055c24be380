package dev.whileaway.worker.deliver.mail;

/// A mail, complete and ready to be written.
record OutgoingMail(DigestMessage message, MailAddress to) {}
