package dev.whileaway.worker.deliver.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whileaway.worker.deliver.mail.dkim.DkimSigner;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.jspecify.annotations.Nullable;

/// A message whose body is written already, so that what is signed and what is sent are the same
/// bytes. It may have an envelope sender of its own, and can be signed.
final class DigestMessage extends SMTPMessage {

  private List<String> signatures = List.of();

  DigestMessage(Session session) {
    super(session);
  }

  /// Once all other headers are set.
  void complete(Alternatives body) throws MessagingException {
    MailHeaders.set(this, "MIME-Version", "1.0");
    MailHeaders.set(this, "Content-Type", body.contentType());
    content = body.body();
    modified = false;
    // Else the library sets headers of its own, a random Message-ID among them.
    saved = true;
  }

  /// Signs the message, which is complete and must not be changed afterwards.
  void sign(DkimSigner signer, Instant at) throws MessagingException {
    signatures =
        signer.sign(Collections.list(getAllHeaderLines()), content, at).stream()
            .map(value -> MailHeaders.line(DkimSigner.HEADER, value))
            .toList();
  }

  /// Signatures come first, as RFC 6376 section 5.6 wants it: they speak of what is below.
  ///
  /// @param ignored headers that others keep from the wire; a digest has none of them
  @Override
  public void writeTo(OutputStream out, String @Nullable [] ignored)
      throws IOException, MessagingException {
    var head = new StringBuilder();
    signatures.forEach(line -> head.append(line).append("\r\n"));
    Collections.list(getAllHeaderLines()).forEach(line -> head.append(line).append("\r\n"));
    out.write(head.append("\r\n").toString().getBytes(UTF_8));
    out.write(content);
    out.flush();
  }

  /// As it is written. The library asks for a line of its log, which decoding would make dear.
  @Override
  public String getSubject() throws MessagingException {
    return Objects.requireNonNullElse(getHeader("Subject", null), "");
  }
}
