package dev.whileaway.templates;

import java.util.List;

/// Templates, texts or the catalogue are broken. The message has a line for each problem, which
/// begins with `FILE:LINE:`.
public final class TemplateException extends Exception {

  /// Whoever has more reads them after these are mended.
  private static final int PROBLEMS_MAX = 20;

  private final List<String> problems;

  private TemplateException(List<String> problems) {
    super(inWords(problems));
    this.problems = problems;
  }

  /// The one form of a refusal: where, what was expected, what was found.
  static TemplateException at(String file, int line, String expected, String found) {
    return at(file, line, "", expected, found);
  }

  /// @param key of a text or of the catalogue; empty: none
  static TemplateException at(String file, int line, String key, String expected, String found) {
    String place = file + ":" + line + ": " + (key.isEmpty() ? "" : key + ": ");
    return new TemplateException(List.of(place + "expected " + expected + ", but found " + found));
  }

  static TemplateException of(List<String> problems) {
    return new TemplateException(List.copyOf(problems));
  }

  /// All of them, a line each.
  List<String> problems() {
    return problems;
  }

  private static String inWords(List<String> problems) {
    if (problems.size() <= PROBLEMS_MAX) {
      return String.join("\n", problems);
    }
    return String.join("\n", problems.subList(0, PROBLEMS_MAX))
        + "\nand "
        + (problems.size() - PROBLEMS_MAX)
        + " more";
  }
}
