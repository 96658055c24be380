package dev.whileaway.worker.deliver.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whileaway.templates.MailText;
import dev.whileaway.worker.deliver.Fingerprint;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.ParameterList;

/// The two parts of a mail, plain text first (RFC 2046 section 5.1.4: the best comes last).
///
/// The boundary is made of the content, which therefore cannot contain it: the same digest is the
/// same mail, byte for byte. Each part is encoded as suits it: 7bit or quoted-printable where most
/// is ASCII, base64 elsewhere.
final class Alternatives extends MimeMultipart {

  /// 132 bits, and short enough for its header to need no fold.
  private static final int BOUNDARY_CHARACTERS = 22;

  Alternatives(MailText text) throws MessagingException {
    var parameters = new ParameterList();
    parameters.set("boundary", "=_" + boundary(text));
    contentType = new ContentType("multipart", "alternative", parameters).toString();
    addBodyPart(part(text.text(), "plain"));
    addBodyPart(part(text.html(), "html"));
  }

  private static String boundary(MailText text) {
    return Fingerprint.of(text.text() + "\0" + text.html()).substring(0, BOUNDARY_CHARACTERS);
  }

  private static MimeBodyPart part(String content, String subtype) throws MessagingException {
    var part = new MimeBodyPart();
    part.setText(withMailLineBreaks(content), UTF_8.name(), subtype);
    return part;
  }

  /// Text in a mail breaks its lines by CR LF (RFC 2046 section 4.1.1), base64 or not.
  private static String withMailLineBreaks(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
  }
}
