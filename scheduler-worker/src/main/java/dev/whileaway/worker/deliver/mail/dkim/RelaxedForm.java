package dev.whileaway.worker.deliver.mail.dkim;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/// The form in which headers and bodies are signed: what servers on the way like to change (white
/// space, folds, the case of names) is not in it.
final class RelaxedForm {

  private RelaxedForm() {}

  /// RFC 6376 section 3.4.2, without the line's end.
  ///
  /// @param line name and value, folded or not
  static String header(String line) {
    int colon = line.indexOf(':');
    var name = line.substring(0, colon).toLowerCase(Locale.ROOT);
    var value = line.substring(colon + 1).replace("\r\n", "").replaceAll("[ \t]+", " ");
    return name.stripTrailing() + ":" + value.replaceAll("^ | $", "");
  }

  /// RFC 6376 section 3.4.4: blanks before a line's end and empty lines at the end do not count,
  /// blanks in a row are one.
  ///
  /// @param body its lines end with CR LF
  static byte[] body(byte[] body) {
    var relaxed = new ByteArrayOutputStream(body.length);
    int breaks = 0;
    boolean blank = false;
    for (byte octet : body) {
      switch (octet) {
        case '\r' -> blank = false;
        case '\n' -> breaks++;
        case ' ', '\t' -> blank = true;
        default -> {
          for (; breaks > 0; breaks--) {
            writeBreak(relaxed);
          }
          if (blank) {
            relaxed.write(' ');
            blank = false;
          }
          relaxed.write(octet);
        }
      }
    }
    if (relaxed.size() > 0) {
      writeBreak(relaxed);
    }
    return relaxed.toByteArray();
  }

  private static void writeBreak(ByteArrayOutputStream to) {
    to.write('\r');
    to.write('\n');
  }
}
