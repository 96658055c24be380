package dev.whileaway.ops.bench;

import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Reservation;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/// The mail library as it comes, over one held connection: without TCP_NODELAY. For one lane.
final class LibraryMails implements SendLoad.Sends, AutoCloseable {

  private final BenchMails mails = new BenchMails();
  private final Session session = Session.getInstance(new Properties());
  private final Transport transport;

  LibraryMails(String host, int port) throws MessagingException {
    transport = session.getTransport("smtp");
    transport.connect(host, port, null, null);
  }

  @Override
  public Reservation next() {
    return Reservation.free(() -> send(mails.next()));
  }

  private Outcome send(Mail mail) {
    try {
      var message = message(mail);
      transport.sendMessage(message, message.getAllRecipients());
      return new Outcome.Accepted("", "");
    } catch (MessagingException e) {
      return new Outcome.Unknown(e.toString());
    }
  }

  private MimeMessage message(Mail mail) throws MessagingException {
    var message = new MimeMessage(session);
    message.setFrom("digest@example.com");
    message.setRecipient(RecipientType.TO, new InternetAddress(mail.toAddress()));
    message.setSubject(mail.text().subject(), StandardCharsets.UTF_8.name());
    var parts = new MimeMultipart("alternative");
    parts.addBodyPart(part(mail.text().text(), "plain"));
    parts.addBodyPart(part(mail.text().html(), "html"));
    message.setContent(parts);
    message.saveChanges();
    return message;
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    var part = new MimeBodyPart();
    part.setText(text, StandardCharsets.UTF_8.name(), subtype);
    return part;
  }

  @Override
  public void close() throws MessagingException {
    transport.close();
  }
}
