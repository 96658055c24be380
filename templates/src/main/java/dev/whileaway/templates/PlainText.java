package dev.whileaway.templates;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.lang.Character.UnicodeScript;
import java.text.Bidi;
import java.text.BreakIterator;
import java.util.Locale;

/// Makes text that strangers wrote safe to show as one line, and to cut.
final class PlainText {

  /// Above it nobody reads on; it bounds the work that one string can cause.
  static final int INPUT_CHARS_MAX = 8_192;

  /// Marks on one letter beyond these are noise that overflows lines ("Zalgo").
  private static final int MARKS_IN_A_ROW_MAX = 4;

  private static final char FIRST_STRONG_ISOLATE = '\u2068';
  private static final char POP_ISOLATE = '\u2069';

  /// Six dots of which none is raised: a sign to Unicode, and nothing to a reader.
  private static final int BLANK_BRAILLE = 0x2800;

  private static final String ELLIPSIS = "\u2026";
  private static final String ZERO_WIDTH_NON_JOINER = "\u200C";

  private PlainText() {}

  /// One line without control characters, bidi controls, lone surrogates and needless white space.
  static String line(String raw) {
    if (isPlain(raw)) {
      return raw;
    }
    var line = new StringBuilder(Math.min(raw.length(), INPUT_CHARS_MAX));
    boolean space = false;
    int marks = 0;
    for (int i = 0; i < raw.length() && i < INPUT_CHARS_MAX; ) {
      int point = raw.codePointAt(i);
      i += Character.charCount(point);
      if (isSpace(point)) {
        space = !line.isEmpty();
        continue;
      }
      marks = isMark(point) ? marks + 1 : 0;
      if (!isShown(point) || marks > MARKS_IN_A_ROW_MAX) {
        continue;
      }
      if (space) {
        line.append(' ');
        space = false;
      }
      line.appendCodePoint(point);
    }
    return line.toString();
  }

  /// Whether a string is a line already, of ASCII alone: most are, and that is quickly seen.
  private static boolean isPlain(String raw) {
    if (raw.length() > INPUT_CHARS_MAX) {
      return false;
    }
    boolean space = true;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c < ' ' || c > '~' || (c == ' ' && space)) {
        return false;
      }
      space = c == ' ';
    }
    return !space;
  }

  private static boolean isSpace(int point) {
    return Character.isISOControl(point)
        || Character.isWhitespace(point)
        || Character.isSpaceChar(point);
  }

  private static boolean isMark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  /// Of the invisible characters only those stay that join emoji and letters (ZWJ, ZWNJ, the tags
  /// of flags); bidi controls could turn the text around them.
  private static boolean isShown(int point) {
    return switch (Character.getType(point)) {
      case Character.SURROGATE, Character.PRIVATE_USE -> false;
      case Character.FORMAT ->
          point == 0x200C || point == 0x200D || (point >= 0xE0020 && point <= 0xE007F);
      default -> (point & 0xFFFE) != 0xFFFE;
    };
  }

  /// What strangers wrote as one line that is safe to show, cut; empty if nobody could see it.
  static String shown(String raw, int graphemesMax, int bytesMax) {
    String line = line(raw);
    return isVisible(line) ? cut(line, graphemesMax, bytesMax) : "";
  }

  /// Whether there is anything to see: joiners, fillers and variation selectors alone show nothing.
  static boolean isVisible(String line) {
    return line.codePoints()
        .anyMatch(point ->
            !isSpace(point)
                && point != BLANK_BRAILLE
                && !UCharacter.hasBinaryProperty(point, UProperty.DEFAULT_IGNORABLE_CODE_POINT));
  }

  /// What strangers wrote inside a sentence: if it runs the other way, it must not reorder what
  /// surrounds it.
  ///
  /// @param rightToLeft how the sentence runs
  static String isolate(String text, boolean rightToLeft) {
    // Most sentences and most names run from left to right; that is quickly seen.
    boolean plain = !rightToLeft && !Bidi.requiresBidi(text.toCharArray(), 0, text.length());
    if (text.isEmpty() || plain) {
      return text;
    }
    var bidi =
        new Bidi(text, rightToLeft ? Bidi.DIRECTION_RIGHT_TO_LEFT : Bidi.DIRECTION_LEFT_TO_RIGHT);
    boolean runsAlong = rightToLeft ? bidi.isRightToLeft() : bidi.isLeftToRight();
    return runsAlong ? text : FIRST_STRONG_ISOLATE + text + POP_ISOLATE;
  }

  /// Cuts between graphemes, never inside an emoji, and marks the cut by an ellipsis.
  ///
  /// @param graphemesMax of the result
  /// @param bytesMax of the result in UTF-8
  static String cut(String text, int graphemesMax, int bytesMax) {
    if (text.length() <= graphemesMax && text.length() * 3 <= bytesMax) {
      return text;
    }
    var graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
    graphemes.setText(text);
    int end = 0;
    int bytes = 0;
    int count = 0;
    int fits = 0;
    for (int next = graphemes.next(); next != BreakIterator.DONE; next = graphemes.next()) {
      bytes += utf8Length(text, end, next);
      end = next;
      if (++count > graphemesMax || bytes > bytesMax) {
        return closed(text.substring(0, fits).stripTrailing()) + ELLIPSIS;
      }
      // Room is kept for the ellipsis (three bytes) and the end of an isolate (three more).
      if (count < graphemesMax && bytes <= bytesMax - 6) {
        fits = end;
      }
    }
    return text;
  }

  /// A cut may have left an isolate open; what follows must not join it.
  private static String closed(String text) {
    return text.lastIndexOf(FIRST_STRONG_ISOLATE) > text.lastIndexOf(POP_ISOLATE)
        ? text + POP_ISOLATE
        : text;
  }

  static int utf8Length(String text) {
    return utf8Length(text, 0, text.length());
  }

  private static int utf8Length(String text, int from, int to) {
    int bytes = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      // Each half of a surrogate pair counts two of its four bytes.
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }

  /// One or two letters that stand for a picture; Arabic ones do not join to a word.
  static String initials(String name) {
    var words = name.split(" ", 3);
    String first = firstGrapheme(words[0]);
    if (words.length < 2) {
      return first;
    }
    boolean joins = UnicodeScript.of(first.codePointAt(0)) == UnicodeScript.ARABIC;
    return first + (joins ? ZERO_WIDTH_NON_JOINER : "") + firstGrapheme(words[1]);
  }

  private static String firstGrapheme(String word) {
    var graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
    graphemes.setText(word);
    int end = graphemes.next();
    return end == BreakIterator.DONE ? "" : word.substring(0, end).toUpperCase(Locale.ROOT);
  }
}
