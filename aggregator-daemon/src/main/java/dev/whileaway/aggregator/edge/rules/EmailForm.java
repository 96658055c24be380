package dev.whileaway.aggregator.edge.rules;

import dev.whileaway.templates.token.DomainName;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One e-mail address as SMTP takes it: `local@domain` (RFC 5321 section 4.1.2), the local part
/// possibly in UTF-8 (RFC 6531). Address literals, such as `anna@[192.0.2.1]`, are refused: no mail
/// can be sent to them. Whether anybody reads it, only a mail can tell.
final class EmailForm {

  private static final int LOCAL_BYTES_MAX = 64; // RFC 5321 section 4.5.3.1.1
  private static final int DOMAIN_BYTES_MAX = 255; // RFC 5321 section 4.5.3.1.2

  /// Dot-string of atext, or a quoted string.
  private static final Pattern LOCAL =
      Pattern.compile(
          "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~\\x{80}-\\x{10FFFF}-]+(?:\\.[a-zA-Z0-9!#$%&'*+/=?^_`{|}~\\x{80}-\\x{10FFFF}-]+)*"
              + "|\"(?:[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E\\x{80}-\\x{10FFFF}]|\\\\[\\x20-\\x7E])*\"");

  private static final Pattern DOMAIN =
      Pattern.compile(
          "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
              + "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*");

  private EmailForm() {}

  static @Nullable String broken(String value) {
    int at = value.lastIndexOf('@');
    boolean formed =
        at > 0
            && !Formats.hasControl(value)
            && local(value.substring(0, at))
            && domain(value.substring(at + 1));
    return formed ? null : Formats.expected("one e-mail address, such as anna@example.com", value);
  }

  private static boolean local(String local) {
    return com.google.common.base.Utf8.encodedLength(local) <= LOCAL_BYTES_MAX
        && LOCAL.matcher(local).matches();
  }

  private static boolean domain(String domain) {
    try {
      String ascii = DomainName.ascii(domain);
      return ascii.length() <= DOMAIN_BYTES_MAX && DOMAIN.matcher(ascii).matches();
    } catch (IllegalArgumentException notADomain) {
      return false;
    }
  }
}
