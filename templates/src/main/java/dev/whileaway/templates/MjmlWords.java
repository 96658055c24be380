package dev.whileaway.templates;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is wrong with the XML of a layout, as somebody who knows HTML understands it, and what to
/// write in its place.
final class MjmlWords {

  /// @param said what the parser says
  /// @param words what was found, and the fix; `$1` is the first group of what was said
  private record Cause(Pattern said, String words) {}

  /// The first that fits is told.
  private static final List<Cause> CAUSES =
      List.of(
          cause(
              "element type \"(.+?)\" must be terminated", "<$1> that is not closed; write </$1>"),
          cause("entity \"nbsp\"", "&nbsp;, which XML does not know; write &#160;"),
          cause(
              "entity \"(.+?)\" was referenced",
              "&$1;, which XML does not know; write the letter itself, or its number as in &#160;"),
          cause(
              "(?:Open quote|Attribute name|followed by either attribute|attribute \"(?:.+?)\" .*'<')",
              "an attribute without its quotation marks; write NAME=\"VALUE\""),
          cause("already specified", "an attribute twice; keep one of them"),
          cause("well-formed character data", "a < that begins no element; write &lt;"),
          cause("'&'|must end with the ';'", "an & by itself; write &amp;"),
          cause("\"--\"", "two dashes within a comment; write one"),
          cause(
              "root element|prolog|same entity|end of file",
              "something outside of <mjml>, or an element that is not closed; close each element"
                  + " where it belongs"));

  private MjmlWords() {}

  static String found(String said) {
    for (Cause cause : CAUSES) {
      Matcher matcher = cause.said().matcher(said);
      if (matcher.find()) {
        return matcher.groupCount() == 0
            ? cause.words()
            : cause.words().replace("$1", matcher.group(1));
      }
    }
    return said;
  }

  private static Cause cause(String said, String words) {
    return new Cause(Pattern.compile(said), words);
  }
}
