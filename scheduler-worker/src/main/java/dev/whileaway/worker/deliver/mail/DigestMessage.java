package dev.whileaway.worker.deliver.mail;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

/// A message that keeps the Message-ID it was given, where the library would make up a random one.
final class DigestMessage extends MimeMessage {

  DigestMessage(Session session) {
    super(session);
  }

  @Override
  protected void updateMessageID() {}
}
