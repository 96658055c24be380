package dev.whileaway.worker.deliver.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/// Writes a text in quoted-printable (RFC 2045 section 6.7): ASCII as it is, the rest as `=D0`.
final class QuotedPrintable {

  private static final int LINE_CHARACTERS_MAX = 76;
  private static final int CHARACTERS_PER_OCTET_MAX = 3;
  private static final byte[] GOES_ON = "=\r\n".getBytes(US_ASCII);
  private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(US_ASCII);

  private final byte[] text;
  private final byte[] written;
  private int length;
  private int lineBegin;

  private QuotedPrintable(byte[] text) {
    this.text = text;
    int longest = CHARACTERS_PER_OCTET_MAX * text.length;
    // Each line but the last holds two of them and what says that it goes on, at the very least.
    int lines = longest / (LINE_CHARACTERS_MAX - CHARACTERS_PER_OCTET_MAX) + 1;
    written = new byte[longest + lines * GOES_ON.length];
  }

  /// @param text lines end with CR LF
  static byte[] encode(byte[] text) {
    return new QuotedPrintable(text).encode();
  }

  private byte[] encode() {
    for (int i = 0; i < text.length; i++) {
      if (endsLine(i)) {
        written[length++] = '\r';
        written[length++] = '\n';
        lineBegin = length;
        i++;
      } else if (stands(i)) {
        makeRoom(1);
        written[length++] = text[i];
      } else {
        makeRoom(CHARACTERS_PER_OCTET_MAX);
        written[length++] = '=';
        written[length++] = DIGITS[(text[i] & 0xff) >> 4];
        written[length++] = DIGITS[text[i] & 0xf];
      }
    }
    return Arrays.copyOf(written, length);
  }

  private boolean endsLine(int at) {
    return at + 1 < text.length && text[at] == '\r' && text[at + 1] == '\n';
  }

  /// Blanks at the end of a line would be lost on the way.
  private boolean stands(int at) {
    byte octet = text[at];
    return octet == ' ' || octet == '\t'
        ? at + 1 < text.length && !endsLine(at + 1)
        : octet > ' ' && octet < 0x7f && octet != '=';
  }

  private void makeRoom(int characters) {
    if (length - lineBegin + characters >= LINE_CHARACTERS_MAX) {
      System.arraycopy(GOES_ON, 0, written, length, GOES_ON.length);
      length += GOES_ON.length;
      lineBegin = length;
    }
  }
}
