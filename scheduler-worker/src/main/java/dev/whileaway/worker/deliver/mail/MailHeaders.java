package dev.whileaway.worker.deliver.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;

/// The one door through which headers enter a mail.
///
/// `MimeMessage.setHeader` writes a line break as it is, so `"a\r\nBcc: evil"` would become a
/// header of its own. Texts are cleaned before ([HeaderText]); a break that still arrives here is a
/// bug.
final class MailHeaders {

  private MailHeaders() {}

  /// Sets a header, and folds it at blanks near column 76.
  ///
  /// @throws IllegalStateException if name or value has a control character
  static void set(MimeMessage message, String name, String value) throws MessagingException {
    message.setHeader(name, folded(name, value));
  }

  /// A header as it is written, folded in the same way, without its last line break.
  ///
  /// @throws IllegalStateException if name or value has a control character
  static String line(String name, String value) {
    return name + ": " + folded(name, value);
  }

  private static String folded(String name, String value) {
    if (HeaderText.hasControls(name) || HeaderText.hasControls(value)) {
      throw new IllegalStateException(
          "expected a header on one line, but found a control character in " + name);
    }
    return MimeUtility.fold(name.length() + 2, value);
  }
}
