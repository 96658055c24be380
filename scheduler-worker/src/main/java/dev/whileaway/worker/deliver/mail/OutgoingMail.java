package dev.whileaway.worker.deliver.mail;

import jakarta.mail.internet.MimeMessage;

/// A mail, complete and ready to be written.
record OutgoingMail(MimeMessage message, MailAddress to) {}
