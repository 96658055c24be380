package dev.whileaway.worker.deliver.mail;

import dev.whileaway.worker.deliver.mail.SmtpAttempt.Stage;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/// A held connection that knows how far a mail came.
///
/// The library's exceptions do not tell whether a connection broke before or after the final dot,
/// which is the difference between "send it again" and "never send it again"; and its RSET after a
/// refusal can hide the refusal. So the steps are marked as they are taken, and the first answer in
/// each is kept. Used by one thread at a time.
final class SmtpConnection extends SMTPTransport {

  private static final String UTF8_EXTENSION = "SMTPUTF8";

  private Stage stage = Stage.MAIL;
  private Optional<SmtpReply> reply = Optional.empty();
  private boolean utf8Wanted;
  private int mails;
  private long usedAtNanos;

  SmtpConnection(Session session) {
    super(session, new URLName("smtp", null, -1, null, null, null));
    usedAtNanos = System.nanoTime();
  }

  /// Hands over a mail. Never throws: what went wrong is in the answer.
  synchronized SmtpAttempt attempt(OutgoingMail mail) {
    enter(Stage.MAIL);
    utf8Wanted = mail.to().needsUtf8();
    mails++;
    var failure = "";
    try {
      sendMessage(mail.message(), new Address[] {recipient(mail)});
    } catch (SendFailedException e) {
      failure = reply.isPresent() ? "" : words(e);
    } catch (MessagingException | RuntimeException e) {
      failure = words(e);
    }
    // Sockets idle in real time, whatever clock the digests live by.
    usedAtNanos = System.nanoTime();
    return new SmtpAttempt(stage, reply, failure);
  }

  /// Whether the server takes mails for such an address.
  boolean takes(MailAddress address) {
    return !address.needsUtf8() || super.supportsExtension(UTF8_EXTENSION);
  }

  int mails() {
    return mails;
  }

  long idleNanos() {
    return System.nanoTime() - usedAtNanos;
  }

  /// Says goodbye if it can.
  void end() {
    try {
      close();
    } catch (MessagingException e) {
      // It was broken already, which is why it ends.
    }
  }

  @Override
  protected void mailFrom() throws MessagingException {
    enter(Stage.MAIL);
    super.mailFrom();
  }

  @Override
  protected void rcptTo() throws MessagingException {
    enter(Stage.RCPT);
    super.rcptTo();
  }

  @Override
  protected OutputStream data() throws MessagingException {
    enter(Stage.DATA);
    return super.data();
  }

  @Override
  protected void finishData() throws IOException, MessagingException {
    enter(Stage.END);
    super.finishData();
  }

  @Override
  protected int readServerResponse() throws MessagingException {
    int code = super.readServerResponse();
    if (reply.isEmpty() && code >= 200) {
      reply = Optional.of(SmtpReply.parse(code, getLastServerResponse()));
    }
    return code;
  }

  /// The library asks for SMTPUTF8 whenever it is offered; a relay that lacks it would then return
  /// mails that never needed it.
  @Override
  public boolean supportsExtension(String extension) {
    return super.supportsExtension(extension) && (utf8Wanted || !extension.equals(UTF8_EXTENSION));
  }

  private void enter(Stage next) {
    stage = next;
    reply = Optional.empty();
  }

  private static InternetAddress recipient(OutgoingMail mail) {
    var address = new InternetAddress();
    address.setAddress(mail.to().address());
    return address;
  }

  private static String words(Exception e) {
    var cause = e.getCause() == null ? e : e.getCause();
    return HeaderText.oneLine(cause.toString());
  }
}
