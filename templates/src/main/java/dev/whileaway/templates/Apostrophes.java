package dev.whileaway.templates;

import java.util.Set;

/// Finds apostrophes that were meant as such, and hide what follows: before a brace, and before the
/// `#` of a plural, ICU takes one for the beginning of what is shown as it stands, so that
/// `l'{name}` never shows the name. Two are an apostrophe everywhere.
final class Apostrophes {

  /// What nobody hides by mistake.
  private static final Set<String> MEANT = Set.of("{", "}", "#");

  private Apostrophes() {}

  static void refuseHiding(YamlNode node, String pattern) throws TemplateException {
    String signs = pattern.contains("plural") ? "{}#" : "{}";
    for (int i = pattern.indexOf('\''); i >= 0; i = pattern.indexOf('\'', i + 1)) {
      if (pattern.startsWith("''", i)) {
        i++;
      } else if (i + 1 < pattern.length() && signs.indexOf(pattern.charAt(i + 1)) >= 0) {
        int end = pattern.indexOf('\'', i + 1);
        String hidden = pattern.substring(i + 1, end < 0 ? pattern.length() : end);
        if (end < 0 || !MEANT.contains(hidden)) {
          throw node.refuse(
              "two apostrophes ('') before a brace or #",
              "one, which hides " + hidden + "; double it, or write \u2019");
        }
        i = end;
      }
    }
  }
}
