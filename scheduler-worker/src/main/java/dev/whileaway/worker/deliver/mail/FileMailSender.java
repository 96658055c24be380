package dev.whileaway.worker.deliver.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.MailSender;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.file.DigestFolder;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.angus.mail.util.CRLFOutputStream;

/// Writes each mail into a folder, as the message that an SMTP server would be given.
public final class FileMailSender implements MailSender {

  private static final Duration DISK_DELAY = Duration.ofMinutes(1);

  private final DigestFolder folder;
  private final MailComposer composer;
  private final LastLook lastLook;

  public FileMailSender(DigestFolder folder, MailComposer composer, Suppressions suppressions) {
    this.folder = folder;
    this.composer = composer;
    this.lastLook = new LastLook(suppressions);
  }

  @Override
  public Outcome send(Mail mail) {
    try {
      var outgoing = composer.compose(mail);
      var refusal = lastLook.refusal(outgoing.to());
      if (refusal.isPresent()) {
        return refusal.get();
      }
      var name = folder.write(mail.digestId(), "-mail.eml", message(outgoing));
      return new Outcome.Accepted(name, "written");
    } catch (UnmailableException e) {
      return new Outcome.Rejected(e.reason());
    } catch (IOException e) {
      return new Outcome.RetryAfter(DISK_DELAY, "expected to write a mail, but found: " + e);
    }
  }

  @Override
  public void close() {}

  private static byte[] message(OutgoingMail mail) throws IOException {
    var bytes = new ByteArrayOutputStream();
    // The server that delivers puts it on top (RFC 5321 section 4.4); without it, nobody who
    // rehearses would see where bounces go.
    bytes.write(("Return-Path: <" + mail.message().getEnvelopeFrom() + ">\r\n").getBytes(UTF_8));
    try (var lines = new CRLFOutputStream(bytes)) {
      mail.message().writeTo(lines);
    } catch (MessagingException e) {
      throw new IOException(e);
    }
    return bytes.toByteArray();
  }
}
