package dev.whileaway.templates;

import dev.whileaway.templates.DigestContent.Group;
import dev.whileaway.templates.DigestContent.Item;
import dev.whileaway.templates.Person.Gender;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Digests to look at, and to try templates on: made up, the same at every call.
public final class Samples {

  private static final Instant AT = Instant.parse("2026-11-21T18:30:00Z");
  private static final ZoneId ZONE = ZoneId.of("Europe/London");

  private static final List<String> HOSTILE_NAMES =
      List.of(
          "<script>alert(1)</script>",
          "\u202Egnp.exe\u0000\r\nBcc: all@example.com",
          "{{ product }} {% for x in y %}",
          "<mj-raw></mj-section>",
          "Z" + "\u0335\u0321".repeat(600),
          "\uD800 \uDFFF",
          "שלום עולם");

  private Samples() {}

  /// By name: all types together (`grouped`), each type by itself (`single-TYPE`; `TYPE-from-one`,
  /// `-from-two` and `-from-many`, by senders), each combination that has texts of its own
  /// (`COMBINATION`, and `COMBINATION-from-one`), senders without a name, `huge` and `hostile`.
  /// Together they reach every text.
  ///
  /// @param locale decides the language of names and messages; English where there are no samples
  public static Map<String, DigestContent> of(Catalogue catalogue, Locale locale) {
    var samples = new LinkedHashMap<String, DigestContent>();
    samples.put("grouped", grouped(catalogue.types(), locale));
    for (EventType type : catalogue.types()) {
      samples.put("single-" + type.name(), single(type, locale));
    }
    for (EventType type : catalogue.types()) {
      samples.put(type.name() + "-from-one", of(locale, group(type, 1, 1, locale, "")));
      samples.put(type.name() + "-from-two", of(locale, group(type, 2, 2, locale)));
      samples.put(type.name() + "-from-many", of(locale, group(type, 120, 5, locale)));
    }
    catalogue
        .combinations()
        .forEach((name, types) -> {
          samples.put(name, of(locale, groups(catalogue, types, 2, locale)));
          samples.put(name + "-from-one", of(locale, groups(catalogue, types, 1, locale)));
        });
    EventType last = catalogue.types().getLast();
    samples.put("nameless", of(locale, nameless(last, 1)));
    samples.put("nameless-many", of(locale, nameless(last, 5)));
    samples.put("huge", huge(catalogue.types(), locale));
    samples.put("hostile", hostile(catalogue.types(), locale));
    return samples;
  }

  private static DigestContent grouped(List<EventType> types, Locale locale) {
    int[][] counts = {{1, 1}, {5, 3}, {2, 2}, {12, 5}};
    var groups = new ArrayList<Group>();
    for (EventType type : types) {
      int[] count = counts[groups.size() % counts.length];
      groups.add(group(type, count[0], count[1], locale));
    }
    return digest("sample-grouped", locale, recipient(locale), groups);
  }

  private static DigestContent single(EventType type, Locale locale) {
    List<Group> groups = List.of(group(type, 3, 1, locale));
    return digest("sample-single-" + type.name(), locale, recipient(locale), groups);
  }

  private static Group[] groups(
      Catalogue catalogue, Set<String> types, int senders, Locale locale) {
    return catalogue.types().stream()
        .filter(type -> types.contains(type.name()))
        .map(type -> group(type, senders, senders, locale))
        .toArray(Group[]::new);
  }

  private static Group nameless(EventType type, int senders) {
    var items = new ArrayList<Item>();
    for (int i = 0; i < senders; i++) {
      Person sender = new Person("nameless-" + i, "", "", Gender.UNKNOWN);
      items.add(new Item(sender, "", AT.minus(Duration.ofHours(1L + 16 * i))));
    }
    return new Group(type, senders, senders, items);
  }

  /// The groups decide the id, so that samples differ in the variants that they show.
  private static DigestContent of(Locale locale, Group... groups) {
    var id = new StringBuilder("sample");
    for (Group group : groups) {
      id.append('-').append(group.type().name()).append('-').append(group.senders());
    }
    return digest(id.toString(), locale, recipient(locale), List.of(groups));
  }

  private static DigestContent huge(List<EventType> types, Locale locale) {
    var groups = new ArrayList<Group>();
    for (EventType type : types) {
      Group kept = group(type, 200, 6, locale);
      groups.add(new Group(type, 10_000, 1_021, kept.items()));
    }
    return digest("sample-huge", locale, recipient(locale), groups);
  }

  private static DigestContent hostile(List<EventType> types, Locale locale) {
    var groups = new ArrayList<Group>();
    for (EventType type : types) {
      var items = new ArrayList<Item>();
      for (int i = 0; i < HOSTILE_NAMES.size(); i++) {
        String name = HOSTILE_NAMES.get(i);
        var sender =
            new Person("\"><b>&/?" + i, name, "javascript:alert(document.domain)", Gender.UNKNOWN);
        items.add(
            new Item(sender, name + " & \"quotes\" 👨‍👩‍👧‍👦".repeat(60), AT.minusSeconds(i)));
      }
      groups.add(new Group(type, items.size(), items.size(), items));
    }
    Person nobody = new Person("'><", "", "", Gender.UNKNOWN);
    return digest("sample-hostile", locale, nobody, groups);
  }

  /// @param senders distinct ones; the newest event is the first one's
  static Group group(EventType type, int events, int senders, Locale locale) {
    List<String> words = SampleWords.of(locale).words();
    return group(type, events, senders, locale, words.toArray(String[]::new));
  }

  /// @param words said in turns
  private static Group group(
      EventType type, int events, int senders, Locale locale, String... words) {
    List<Person> people = SampleWords.of(locale).people();
    var items = new ArrayList<Item>();
    var seen = new HashSet<Person>();
    for (int i = 0; i < events; i++) {
      // Types differ in who comes first, so that a digest does not look like a list of Annas.
      Person sender = people.get((i % senders + type.id() * 2) % people.size());
      seen.add(sender);
      Duration ago = Duration.ofMinutes(4L + 7L * type.id() + 67L * i * (1 + type.id() % 3));
      items.add(new Item(sender, words[i % words.length], AT.minus(ago)));
    }
    return new Group(type, events, Math.min(senders, seen.size()), items);
  }

  static DigestContent digest(String id, Locale locale, Person recipient, List<Group> groups) {
    return new DigestContent(id, recipient, locale, ZONE, AT, groups);
  }

  static Person recipient(Locale locale) {
    return SampleWords.of(locale).recipient();
  }
}
