package dev.whileaway.worker.deliver;

/// Sends e-mails. Safe for use by many threads; a call blocks its (virtual) thread until the
/// outcome is known, and never throws for what the other side did.
public interface MailSender extends AutoCloseable {

  Outcome send(Mail mail) throws InterruptedException;

  @Override
  void close();
}
