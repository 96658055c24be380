package dev.whileaway.templates;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What a text may name in braces.
///
/// @param counts are numbers, by which a plural chooses
/// @param words are strings
/// @param choices those of the words by which a select may choose, with the values that they have;
///   no values: the product chooses them
record Placeholders(Set<String> counts, Set<String> words, Map<String, Set<String>> choices) {

  /// Known of every digest. `named` is `yes` or `no`: whether the recipient's name is known.
  static final Set<String> COMMON = Set.of("product", "recipient", "named");

  private static final Map<String, Set<String>> VALUES =
      Map.of("gender", Set.of("female", "male", "unknown"), "named", Set.of("yes", "no"));

  static Placeholders of(Set<String> counts, Set<String> words) {
    return of(counts, words, Set.of());
  }

  /// @param members of events' data, strings too
  static Placeholders of(Set<String> counts, Set<String> words, Set<String> members) {
    var choices = new HashMap<String, Set<String>>();
    members.forEach(member -> choices.put(member, Set.of()));
    words.stream()
        .filter(VALUES::containsKey)
        .forEach(word -> choices.put(word, VALUES.getOrDefault(word, Set.of())));
    var all = new HashSet<>(words);
    all.addAll(members);
    return new Placeholders(Set.copyOf(counts), Set.copyOf(all), Map.copyOf(choices));
  }

  /// In alphabetical order, for an error that says what was expected.
  Set<String> names() {
    var names = new TreeSet<>(words);
    names.addAll(counts);
    return names;
  }
}
