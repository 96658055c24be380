package dev.whileaway.templates;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A text that every language must have, as the catalogue asks for it.
///
/// @param path its keys from the root of the file, joined by dots
/// @param fields the texts that belong together in one variant; empty: it is one text by itself
record TextKey(String path, List<String> fields, Placeholders placeholders) {

  static final List<String> PUSH = List.of("title", "body", "long");
  static final List<String> MAIL = List.of("subject", "preheader", "heading", "lead");

  /// How a digest of one type is told: by how many senders there are, and whether there is
  /// something to quote.
  enum Voice {
    /// One sender, nothing to quote.
    ONE("from-one"),
    /// One sender, whose newest event has an excerpt.
    QUOTED("quoted"),
    /// Several senders.
    MANY("from-many");

    final String key;

    Voice(String key) {
      this.key = key;
    }
  }

  /// All keys that this catalogue needs, by path.
  static Map<String, TextKey> of(DigestRules rules) {
    var keys = new ArrayList<TextKey>();
    keys.add(text("list.separator", Set.of(), Set.of()));
    keys.add(text("list.last", Set.of(), Set.of()));
    keys.add(text("people.nameless", Set.of(), Set.of()));
    keys.add(text("people.nameless-gender", Set.of(), Set.of()));
    keys.add(text("people.others", Set.of("count"), Set.of()));
    keys.add(text("people.unnamed", Set.of("count"), Set.of()));
    keys.add(text("times.today", Set.of(), Set.of("time")));
    keys.add(text("times.yesterday", Set.of(), Set.of("time")));
    keys.add(text("times.earlier", Set.of(), Set.of("time", "date")));
    rules.types().values().forEach(type -> ofType(keys, type));
    keys.addAll(StandardPages.keys());
    ofGroup(keys, "groups.any", Set.of());
    for (var combination : rules.combinations()) {
      String path = "groups." + combination.name();
      ofGroup(keys, path, combination.types());
    }
    var byPath = new LinkedHashMap<String, TextKey>();
    keys.forEach(key -> byPath.put(key.path(), key));
    return byPath;
  }

  private static void ofType(List<TextKey> keys, DigestRules.TypeRules type) {
    String path = "types." + type.type().name();
    Set<String> counts = Set.of("events", "senders");
    Set<String> words = with(Placeholders.COMMON, "name", "gender", "who");
    for (Voice voice : Voice.values()) {
      if (voice == Voice.QUOTED && type.excerpt().isEmpty()) {
        continue;
      }
      Set<String> voiced = voice == Voice.QUOTED ? with(words, "excerpt") : words;
      keys.add(new TextKey(path + ".push." + voice.key, PUSH, Placeholders.of(counts, voiced)));
      keys.add(new TextKey(path + ".mail." + voice.key, MAIL, Placeholders.of(counts, voiced)));
    }
    keys.add(text(path + ".name", Set.of(), Set.of()));
    keys.add(text(path + ".part", counts, Set.of()));
    keys.add(text(path + ".section", counts, Set.of()));
    keys.add(
        new TextKey(
            path + ".row", List.of(), Placeholders.of(Set.of(), Set.of("gender"), type.members())));
    keys.add(text(path + ".more", Set.of("count"), Set.of()));
    keys.add(text(path + ".button", counts, Placeholders.COMMON));
  }

  /// @param named the types whose own placeholders the texts may use
  private static void ofGroup(List<TextKey> keys, String path, Set<String> named) {
    var counts = new HashSet<>(Set.of("events"));
    var words = new HashSet<>(with(Placeholders.COMMON, "parts"));
    for (String type : named) {
      counts.add(placeholder(type, "events"));
      counts.add(placeholder(type, "senders"));
      words.add(placeholder(type, "who"));
      words.add(placeholder(type, "part"));
    }
    keys.add(new TextKey(path + ".push", PUSH, Placeholders.of(counts, words)));
    keys.add(new TextKey(path + ".mail", MAIL, Placeholders.of(counts, words)));
    keys.add(text(path + ".button", Set.of("events"), Placeholders.COMMON));
  }

  /// Of one type in a group's texts, such as `message_events`.
  static String placeholder(String type, String what) {
    return type.replace('-', '_') + "_" + what;
  }

  private static TextKey text(String path, Set<String> counts, Set<String> words) {
    return new TextKey(path, List.of(), Placeholders.of(counts, words));
  }

  private static Set<String> with(Set<String> words, String... more) {
    var all = new HashSet<>(words);
    all.addAll(List.of(more));
    return Set.copyOf(all);
  }
}
