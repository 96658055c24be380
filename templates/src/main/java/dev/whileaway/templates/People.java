package dev.whileaway.templates;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Names of users, as sentences of one language show them.
final class People {

  private static final int NAME_GRAPHEMES_MAX = 40;
  private static final int NAME_BYTES_MAX = 160;
  private static final int NAMES_SHOWN_MAX = 3;

  private final Texts texts;
  private final String digestId;

  People(Texts texts, String digestId) {
    this.texts = texts;
    this.digestId = digestId;
  }

  /// Empty if it is not known, or nobody could see it.
  static String knownName(Person person) {
    return PlainText.shown(person.name(), NAME_GRAPHEMES_MAX, NAME_BYTES_MAX);
  }

  /// The name, or the word that stands in.
  String name(Person person) {
    String name = knownName(person);
    return name.isEmpty() ? nameless() : name;
  }

  /// The name as it stands alone, or at the beginning of a sentence.
  String title(Person person) {
    return capitalised(name(person));
  }

  /// What verbs agree with: the person, or the word that stands in for the name.
  String gender(Person person) {
    return knownName(person).isEmpty()
        ? texts.say("people.nameless-gender", digestId, Map.of())
        : person.gender().name().toLowerCase(Locale.ROOT);
  }

  /// What strangers wrote, as it may stand inside a sentence.
  String isolated(String text) {
    return PlainText.isolate(text, texts.isRightToLeft());
  }

  private String nameless() {
    return texts.say("people.nameless", digestId, Map.of());
  }

  /// A capital for the word that stands in, if the text begins with it. Names stay as their owners
  /// write them.
  String capitalised(String text) {
    String nameless = nameless();
    if (!text.startsWith(nameless)) {
      return text;
    }
    int end = text.offsetByCodePoints(0, 1);
    return text.substring(0, end).toUpperCase(texts.language()) + text.substring(end);
  }

  /// The senders of a group: a sample of names and the exact number of the others, such as "Anna,
  /// Boris and 3 others". Never one other where its name could stand (TRAPS 31).
  String who(DigestContent.Group group, int senders) {
    // Two people may have one name.
    var names = new ArrayList<String>();
    var ids = new HashSet<String>();
    for (DigestContent.Item item : group.items()) {
      String name = knownName(item.sender());
      if (!name.isEmpty() && ids.add(item.sender().id())) {
        names.add(isolated(name));
      }
      if (names.size() == NAMES_SHOWN_MAX) {
        break;
      }
    }
    if (names.isEmpty()) {
      return senders == 1
          ? nameless()
          : texts.say("people.unnamed", digestId, Map.of("count", senders));
    }
    int shown = Math.min(names.size(), senders <= NAMES_SHOWN_MAX ? senders : NAMES_SHOWN_MAX - 1);
    List<String> listed = names.subList(0, shown);
    if (senders > shown) {
      listed.add(texts.say("people.others", digestId, Map.of("count", senders - shown)));
    }
    return list(listed);
  }

  /// A list as a sentence has it: "a, b and c".
  String list(List<String> entries) {
    if (entries.size() == 1) {
      return entries.getFirst();
    }
    String separator = texts.say("list.separator", digestId, Map.of());
    return String.join(separator, entries.subList(0, entries.size() - 1))
        + texts.say("list.last", digestId, Map.of())
        + entries.getLast();
  }
}
