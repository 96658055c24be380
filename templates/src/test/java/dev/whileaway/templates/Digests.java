package dev.whileaway.templates;

import dev.whileaway.templates.DigestContent.Group;
import dev.whileaway.templates.DigestContent.Item;
import dev.whileaway.templates.Person.Gender;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Digests for tests, in a small language.
final class Digests {

  static final Locale EN = Locale.ENGLISH;
  static final Locale RU = Locale.forLanguageTag("ru");
  static final Instant AT = Instant.parse("2026-11-21T18:30:00Z");

  private final Catalogue catalogue;
  private final List<Group> groups = new ArrayList<>();
  private String id = "digest-1";
  private Person recipient = new Person("7", "", "", Gender.FEMALE);

  private Digests(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  static Digests of(Templates templates) {
    return new Digests(templates.catalogue());
  }

  static Person person(String id, String name, Gender gender) {
    return new Person(id, name, "", gender);
  }

  Digests id(String id) {
    this.id = id;
    return this;
  }

  Digests to(String name) {
    this.recipient = new Person("7", name, "", Gender.FEMALE);
    return this;
  }

  /// Events that the senders sent in turns.
  Digests with(String type, long events, int senders, String data, Person... people) {
    var items = new ArrayList<Item>();
    for (int i = 0; people.length > 0 && i < Math.min(events, 200); i++) {
      items.add(new Item(people[i % people.length], data, AT.minusSeconds(60L * i)));
    }
    groups.add(new Group(catalogue.type(type).orElseThrow(), events, senders, items));
    return this;
  }

  Digests with(Group group) {
    groups.add(group);
    return this;
  }

  DigestContent in(Locale locale) {
    return in(locale, ZoneId.of("UTC"));
  }

  DigestContent in(Locale locale, ZoneId zone) {
    return new DigestContent(id, recipient, locale, zone, AT, List.copyOf(groups));
  }
}
