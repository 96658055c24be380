package dev.whileaway.worker.deliver.mail;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Words of strangers, made fit for a header.
public final class HeaderText {

  /// Far below the 998 octets that a line may have (RFC 5322 section 2.1.1) even without a blank to
  /// fold at.
  static final int CHARACTERS_MAX = 300;

  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\x80-\\x9f\\u2028\\u2029]+");

  private HeaderText() {}

  static boolean hasControls(String text) {
    return CONTROLS.matcher(text).find();
  }

  /// Control characters become one blank, and what is too long is cut: a hostile name must not stop
  /// the digest that it stands in.
  public static String oneLine(String text) {
    var line = CONTROLS.matcher(text).replaceAll(" ").strip();
    return withoutEncodedWords(cut(line));
  }

  /// The text as an unstructured header value (RFC 2047 where it is not ASCII), on one line.
  static String encoded(String text) {
    try {
      return unfolded(MimeUtility.encodeText(oneLine(text), StandardCharsets.UTF_8.name(), null));
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The library folds what it encodes; [MailHeaders] wants one line and folds by itself.
  static String unfolded(String value) {
    return value.replaceAll("\r\n([ \t])", "$1");
  }

  /// ASCII goes out as it is, so `=?utf-8?...?=` written by a stranger would be decoded by the
  /// reader's mail program, line breaks and all.
  private static String withoutEncodedWords(String line) {
    return line.replace("=?", "= ?");
  }

  private static String cut(String line) {
    if (line.codePointCount(0, line.length()) <= CHARACTERS_MAX) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, CHARACTERS_MAX - 1)) + "…";
  }
}
