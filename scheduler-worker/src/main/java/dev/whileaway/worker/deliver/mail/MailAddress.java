package dev.whileaway.worker.deliver.mail;

import dev.whileaway.templates.token.AddressPrint;
import dev.whileaway.templates.token.DomainName;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// One address, in the form that goes on the wire: an international domain in ASCII (RFC 5891).
///
/// @param needsUtf8 its local part is not ASCII: only servers with SMTPUTF8 (RFC 6531) take it
record MailAddress(String address, boolean needsUtf8) {

  /// What a local part has only in quotes (RFC 5321 section 4.1.2). The library lets most of it
  /// pass after a backslash.
  private static final Pattern SPECIALS = Pattern.compile("[\\s()<>\\[\\]:;,@\\\\\"]");

  private static final Pattern QUOTED = Pattern.compile("\"([^\"\\\\]|\\\\.)*\"");

  static MailAddress of(String written) throws UnmailableException {
    int at = written.lastIndexOf('@');
    if (at < 1 || HeaderText.hasControls(written)) {
      throw refused(written);
    }
    try {
      var local = written.substring(0, at);
      if (!QUOTED.matcher(local).matches() && SPECIALS.matcher(local).find()) {
        throw refused(written);
      }
      var address = local + "@" + DomainName.ascii(written.substring(at + 1));
      var checked = new InternetAddress();
      checked.setAddress(address);
      // A group ("all: a@b, c@d;") passes validation, and would be sent to each of its members.
      if (checked.isGroup()) {
        throw refused(written);
      }
      checked.validate();
      return new MailAddress(address, !StandardCharsets.US_ASCII.newEncoder().canEncode(local));
    } catch (AddressException | IllegalArgumentException e) {
      throw refused(written);
    }
  }

  AddressPrint print() {
    return AddressPrint.of(address);
  }

  /// As a header shows it: `=?UTF-8?...?= <anna@example.org>`.
  String withName(String name) {
    try {
      var shown = new InternetAddress();
      shown.setAddress(address);
      if (!name.isBlank()) {
        shown.setPersonal(HeaderText.oneLine(name), StandardCharsets.UTF_8.name());
      }
      return HeaderText.unfolded(shown.toString());
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static UnmailableException refused(String written) {
    return new UnmailableException(
        "expected an e-mail address, but found " + HeaderText.oneLine(written));
  }
}
