package dev.whileaway.worker.deliver;

/// Sends e-mails. Safe for use by many threads; a call blocks its (virtual) thread until the
/// outcome is known, and never throws for what the other side did.
public interface MailSender extends AutoCloseable {

  Outcome send(Mail mail) throws InterruptedException;

  /// Takes a place for the mail, so that nothing is left to wait for once it is sent. Blocks for a
  /// few seconds at most.
  default Reservation reserve(Mail mail) throws InterruptedException {
    return Reservation.free(() -> send(mail));
  }

  /// The way to an address.
  default Way way(String address) {
    return Way.OPEN;
  }

  @Override
  void close();
}
