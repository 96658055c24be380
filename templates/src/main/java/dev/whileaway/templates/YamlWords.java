package dev.whileaway.templates;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/// What is wrong with the YAML of a file, as a translator understands it: the library's own words
/// are about scanners and block mappings.
final class YamlWords {

  /// @param said what the library says
  /// @param fromStart whether the line is the one on which the broken value begins, not the one on
  ///   which it was given up
  private record Cause(Pattern said, boolean fromStart, String found, String fix) {}

  private static final String QUOTE = "put the whole text in double quotes";

  /// The first that fits is told.
  private static final List<Cause> CAUSES =
      List.of(
          here("\\(TAB\\)", "a tab", "indent by spaces"),
          here(
              "mapping values are not allowed",
              "a colon within a text, none behind the key above, or a line indented too far",
              QUOTE + ", and align the line with its neighbours"),
          start(
              "quoted scalar.* unexpected end of stream",
              "a quotation mark that is never closed",
              "close it at the end of the text"),
          here("escape", "a backslash within double quotes", "double the backslash"),
          here("cannot start any token", "a text that begins with a sign of YAML's own", QUOTE),
          start("parsing a flow", "a text that begins with a brace or a bracket", QUOTE),
          here(
              "expected <block end>, but found '(<scalar>|,|\\}|\\])'",
              "words behind the end of a text",
              QUOTE + ", close them, and write \\\" for a quotation mark within"),
          here(
              "expected <block end>",
              "a line that is not indented like its neighbours",
              "align it with them"),
          here("alias", "a text that begins with *", QUOTE),
          here("block scalar", "words behind > or |", QUOTE));

  private YamlWords() {}

  static TemplateException refusal(String file, MarkedYamlEngineException e) {
    String said = e.getContext() + " " + e.getProblem();
    for (Cause cause : CAUSES) {
      if (cause.said().matcher(said).find()) {
        Optional<Mark> mark = cause.fromStart() ? e.getContextMark() : e.getProblemMark();
        return refusal(file, mark, cause.found() + "; " + cause.fix());
      }
    }
    return refusal(file, e.getProblemMark(), e.getProblem() + "; " + QUOTE);
  }

  private static TemplateException refusal(String file, Optional<Mark> mark, String found) {
    int line = mark.map(at -> at.getLine() + 1).orElse(1);
    return TemplateException.at(file, line, "YAML", found);
  }

  private static Cause here(String said, String found, String fix) {
    return new Cause(Pattern.compile(said), false, found, fix);
  }

  private static Cause start(String said, String found, String fix) {
    return new Cause(Pattern.compile(said), true, found, fix);
  }
}
