package dev.whileaway.worker.deliver.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whileaway.worker.deliver.mail.dkim.DkimSigner;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.util.CRLFOutputStream;
import org.jspecify.annotations.Nullable;

/// A message that keeps the Message-ID it was given, where the library would make up a random one,
/// that may have an envelope sender of its own, and that can be signed.
final class DigestMessage extends SMTPMessage {

  private List<String> signatures = List.of();

  DigestMessage(Session session) {
    super(session);
  }

  @Override
  protected void updateMessageID() {}

  /// Signs the message, complete and saved; it must not be changed afterwards. The body is encoded
  /// here, once: what is signed and what is written are the same bytes.
  void sign(DkimSigner signer, Instant at) throws MessagingException {
    content = encodedBody();
    modified = false;
    signatures =
        signer.sign(Collections.list(getAllHeaderLines()), content, at).stream()
            .map(value -> MailHeaders.line(DkimSigner.HEADER, value))
            .toList();
  }

  /// Signatures come first, as RFC 6376 section 5.6 wants it: they speak of what is below.
  @Override
  public void writeTo(OutputStream out, String @Nullable [] ignored)
      throws IOException, MessagingException {
    for (var signature : signatures) {
      out.write((signature + "\r\n").getBytes(UTF_8));
    }
    super.writeTo(out, ignored);
  }

  private byte[] encodedBody() throws MessagingException {
    var bytes = new ByteArrayOutputStream();
    try (var lines = new CRLFOutputStream(bytes);
        var encoded = MimeUtility.encode(lines, getEncoding())) {
      getDataHandler().writeTo(encoded);
    } catch (IOException e) {
      throw new MessagingException("the body cannot be encoded", e);
    }
    return bytes.toByteArray();
  }
}
