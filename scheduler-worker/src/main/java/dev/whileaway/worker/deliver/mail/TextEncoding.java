package dev.whileaway.worker.deliver.mail;

import java.util.Base64;

/// How a text goes through mail servers that know lines of ASCII only (RFC 2045 section 6). The
/// library's encoders write octet by octet, and look for their factory each time: they took half of
/// the processor time of a mail.
enum TextEncoding {
  /// As it is: ASCII in lines that are not too long.
  SEVEN_BIT("7bit"),
  /// Readable where it is ASCII.
  QUOTED_PRINTABLE("quoted-printable"),
  /// Shorter where most is not.
  BASE64("base64");

  /// Of a line, with its CR and LF (RFC 5322 section 2.1.1).
  private static final int LINE_OCTETS_MAX = 1_000;

  /// As headers have it.
  final String label;

  TextEncoding(String label) {
    this.label = label;
  }

  /// What suits a text best.
  ///
  /// @param text lines end with CR LF
  static TextEncoding of(byte[] text) {
    int strange = 0;
    int line = 0;
    int longest = 0;
    for (byte octet : text) {
      if (octet < ' ' && octet != '\r' && octet != '\n' && octet != '\t') {
        strange++;
      }
      line++;
      longest = Math.max(longest, line);
      line = octet == '\n' ? 0 : line;
    }
    if (strange == 0 && longest <= LINE_OCTETS_MAX) {
      return SEVEN_BIT;
    }
    return strange <= text.length / 2 ? QUOTED_PRINTABLE : BASE64;
  }

  /// @param text lines end with CR LF
  byte[] encode(byte[] text) {
    return switch (this) {
      case SEVEN_BIT -> text;
      case QUOTED_PRINTABLE -> QuotedPrintable.encode(text);
      case BASE64 -> Base64.getMimeEncoder().encode(text);
    };
  }
}
