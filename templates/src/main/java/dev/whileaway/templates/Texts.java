package dev.whileaway.templates;

import com.ibm.icu.util.ULocale;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The texts of one language; some may come from another, where the language has none of its own.
/// Immutable.
///
/// @param phrases by path, the variants; each has its fields, a text by itself the field ``
/// @param labels the words that layouts name
record Texts(
    Locale language, Map<String, List<Map<String, Text>>> phrases, Map<String, Text> labels) {

  static final String ONLY = "";

  boolean isRightToLeft() {
    return isRightToLeft(language);
  }

  static boolean isRightToLeft(Locale language) {
    return ULocale.forLocale(language).isRightToLeft();
  }

  /// The same, but without a choice: each text has one variant.
  ///
  /// @param number from 1; a text that has fewer keeps its last
  Texts onlyVariant(int number) {
    var one = new LinkedHashMap<String, List<Map<String, Text>>>();
    phrases.forEach((path, variants) ->
        one.put(path, List.of(variants.get(Math.min(number, variants.size()) - 1))));
    return new Texts(language, Map.copyOf(one), labels);
  }

  /// The most that a text has.
  int variants() {
    return phrases.values().stream().mapToInt(List::size).max().orElse(1);
  }

  /// One text.
  String say(String path, String digestId, Map<String, ?> arguments) {
    Text text = variant(path, digestId).get(ONLY);
    if (text == null) {
      throw new IllegalStateException("expected one text at " + path + ", but found several");
    }
    return text.say(arguments);
  }

  /// The texts that belong together in one variant.
  Map<String, String> phrase(String path, String digestId, Map<String, ?> arguments) {
    var said = new LinkedHashMap<String, String>();
    variant(path, digestId).forEach((field, text) -> said.put(field, text.say(arguments)));
    return said;
  }

  Map<String, String> labels(Map<String, ?> arguments) {
    var said = new LinkedHashMap<String, String>();
    labels.forEach((label, text) -> said.put(label, text.say(arguments)));
    return said;
  }

  /// Chosen by the digest's id alone, so that a digest rendered again, by another worker too, reads
  /// the same. The bits are mixed because ids that count up would otherwise choose in turns.
  private Map<String, Text> variant(String path, String digestId) {
    List<Map<String, Text>> variants = phrases.get(path);
    if (variants == null) {
      throw new IllegalStateException("expected a text at " + path + ", but found none");
    }
    int hash = (31 * digestId.hashCode() + path.hashCode()) * 0x9E3779B9;
    return variants.get(Math.floorMod(hash ^ (hash >>> 15), variants.size()));
  }
}
