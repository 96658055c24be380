package dev.whileaway.templates;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// A value of a YAML file that knows its place, so that a refusal can name it.
///
/// @param key its keys from the root, joined by dots, and the numbers of entries, from 1, as
///   `preview --variant` counts; empty: the root
record YamlNode(String file, String key, Node node) {

  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})([smhd])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  /// The root of a file.
  static YamlNode parse(String file, String content) throws TemplateException {
    var settings = LoadSettings.builder().setLabel(file).setMaxAliasesForCollections(0).build();
    try {
      Node root =
          new Compose(settings)
              .composeString(content)
              .orElseThrow(() -> TemplateException.at(file, 1, "keys", "an empty file"));
      return new YamlNode(file, "", root);
    } catch (MarkedYamlEngineException e) {
      throw YamlWords.refusal(file, e);
    } catch (YamlEngineException e) {
      // All that it says without a place.
      throw TemplateException.at(
          file, 1, "YAML", "a control character somewhere: " + e.getMessage() + "; take it out");
    }
  }

  int line() {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  YamlFields fields() throws TemplateException {
    if (node instanceof MappingNode mapping) {
      return YamlFields.of(this, mapping);
    }
    throw refuse("keys and values", kind());
  }

  List<YamlNode> list() throws TemplateException {
    if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
      throw refuse("a list with at least one entry", kind());
    }
    var entries = new ArrayList<YamlNode>();
    for (Node entry : sequence.getValue()) {
      entries.add(new YamlNode(file, key + "[" + (entries.size() + 1) + "]", entry));
    }
    return entries;
  }

  /// A text; it may not be empty.
  String text() throws TemplateException {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    String fix = node instanceof MappingNode ? "; put a text with braces in double quotes" : "";
    throw refuse("a text", kind() + fix);
  }

  String text(Pattern form, String expected) throws TemplateException {
    String text = text();
    if (!form.matcher(text).matches()) {
      throw refuse(expected, "'" + text + "'");
    }
    return text;
  }

  boolean flag() throws TemplateException {
    return switch (text()) {
      case "true" -> true;
      case "false" -> false;
      case String other -> throw refuse("true or false", "'" + other + "'");
    };
  }

  int number(int min, int max) throws TemplateException {
    String text = text();
    String expected = "a whole number from " + min + " to " + max;
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw refuse(expected, "'" + text + "'");
    }
    throw refuse(expected, text);
  }

  /// A number and a unit, such as `90s`, `30m`, `12h` or `14d`.
  Duration duration() throws TemplateException {
    var matcher = DURATION.matcher(text());
    if (!matcher.matches()) {
      throw refuse("a duration such as 90s, 30m, 12h or 14d", "'" + text() + "'");
    }
    Duration unit = UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
    return unit.multipliedBy(Long.parseLong(matcher.group(1)));
  }

  /// The value below it of this key.
  YamlNode below(String name, Node value) {
    return new YamlNode(file, key.isEmpty() ? name : key + "." + name, value);
  }

  TemplateException refuse(String expected, String found) {
    return TemplateException.at(file, line(), key, expected, found);
  }

  private String kind() {
    return switch (node) {
      case MappingNode _ -> "keys and values";
      case SequenceNode sequence -> sequence.getValue().isEmpty() ? "an empty list" : "a list";
      case ScalarNode scalar -> scalar.getValue().isBlank() ? "nothing" : "a text";
      default -> "something else";
    };
  }
}
