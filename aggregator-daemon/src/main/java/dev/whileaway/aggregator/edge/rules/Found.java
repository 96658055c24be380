package dev.whileaway.aggregator.edge.rules;

import java.nio.charset.StandardCharsets;

/// Shows a value that somebody sent, in a refusal: short, on one line, and harmless on a terminal.
public final class Found {

  private static final int SHOWN_CHARS_MAX = 60;

  private Found() {}

  /// The value in quotes. Control, format and bidi characters are escaped; what is longer than 60
  /// characters is cut, and its size in bytes is told.
  public static String quote(String value) {
    StringBuilder shown = new StringBuilder("\"");
    int end = cutAt(value);
    value.codePoints().limit(value.codePointCount(0, end)).forEach(c -> escape(shown, c));
    shown.append('"');
    if (end < value.length()) {
      shown.append("… (").append(value.getBytes(StandardCharsets.UTF_8).length).append(" bytes)");
    }
    return shown.toString();
  }

  private static int cutAt(String value) {
    if (value.length() <= SHOWN_CHARS_MAX) {
      return value.length();
    }
    boolean splitsPair = Character.isHighSurrogate(value.charAt(SHOWN_CHARS_MAX - 1));
    return splitsPair ? SHOWN_CHARS_MAX - 1 : SHOWN_CHARS_MAX;
  }

  private static void escape(StringBuilder out, int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          out.append(String.format("\\u%04x", codePoint));
      default -> {
        if (codePoint == '"' || codePoint == '\\') {
          out.append('\\');
        }
        out.appendCodePoint(codePoint);
      }
    }
  }
}
