package dev.whileaway.worker.deliver.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whileaway.templates.MailText;
import dev.whileaway.worker.deliver.Fingerprint;
import java.io.ByteArrayOutputStream;

/// The body of a mail: plain text and HTML, in this order (RFC 2046 section 5.1.4: the best comes
/// last).
///
/// The boundary is made of the content, which therefore cannot contain it: the same digest is the
/// same mail, byte for byte.
///
/// @param contentType of the mail
/// @param body as it is written
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record Alternatives(String contentType, byte[] body) {

  /// 132 bits, and short enough for its header to need no fold.
  private static final int BOUNDARY_CHARACTERS = 22;

  static Alternatives of(MailText text) {
    var boundary = "=_" + boundary(text);
    var body = new ByteArrayOutputStream(2 * text.html().length());
    write(body, "--" + boundary + "\r\n");
    writePart(body, text.text(), "plain");
    write(body, "\r\n--" + boundary + "\r\n");
    writePart(body, text.html(), "html");
    write(body, "\r\n--" + boundary + "--\r\n");
    return new Alternatives(
        "multipart/alternative; boundary=\"" + boundary + "\"", body.toByteArray());
  }

  private static String boundary(MailText text) {
    return Fingerprint.of(text.text() + "\0" + text.html()).substring(0, BOUNDARY_CHARACTERS);
  }

  private static void writePart(ByteArrayOutputStream body, String content, String subtype) {
    var text = withMailLineBreaks(content).getBytes(UTF_8);
    var encoding = TextEncoding.of(text);
    write(
        body,
        "Content-Type: text/%s; charset=UTF-8\r\nContent-Transfer-Encoding: %s\r\n\r\n"
            .formatted(subtype, encoding.label));
    body.writeBytes(encoding.encode(text));
  }

  private static void write(ByteArrayOutputStream body, String ascii) {
    body.writeBytes(ascii.getBytes(US_ASCII));
  }

  /// Text in a mail breaks its lines by CR LF (RFC 2046 section 4.1.1), base64 or not.
  private static String withMailLineBreaks(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
  }
}
