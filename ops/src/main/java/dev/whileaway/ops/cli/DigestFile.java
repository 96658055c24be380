package dev.whileaway.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whileaway.aggregator.edge.rules.Nearest;
import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.DigestContent;
import dev.whileaway.templates.DigestContent.Group;
import dev.whileaway.templates.DigestContent.Item;
import dev.whileaway.templates.EventType;
import dev.whileaway.templates.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// A digest that a person wrote down as JSON, to preview templates with.
final class DigestFile {

  private static final List<String> DIGEST = List.of("recipient", "groups", "zone");
  private static final List<String> GROUP = List.of("type", "events", "senders", "items");
  private static final List<String> ITEM = List.of("sender", "data", "at");
  private static final List<String> PERSON = List.of("id", "name", "gender", "picture");

  private static final Instant AT = Instant.parse("2026-01-31T18:30:00Z");

  private final Path file;
  private final Catalogue catalogue;

  private DigestFile(Path file, Catalogue catalogue) {
    this.file = file;
    this.catalogue = catalogue;
  }

  static DigestContent read(Path file, Catalogue catalogue, Locale locale) throws CommandFailure {
    try {
      JsonNode digest = new ObjectMapper().readTree(Files.readString(file));
      return new DigestFile(file, catalogue).digest(digest, locale);
    } catch (JsonProcessingException e) {
      throw CommandFailure.badInput(
          file + ": expected JSON, but found that " + e.getOriginalMessage());
    } catch (IOException e) {
      throw CommandFailure.badInput("--data: expected a file that can be read, but found " + file);
    }
  }

  private DigestContent digest(JsonNode digest, Locale locale) throws CommandFailure {
    requireKeys(digest, "", DIGEST);
    var groups = new ArrayList<Group>();
    for (JsonNode group : digest.path("groups")) {
      groups.add(group(group, "groups[" + groups.size() + "]"));
    }
    if (groups.isEmpty()) {
      throw expected("groups", "one or more", "none");
    }
    groups.sort(Comparator.comparingInt(group -> catalogue.types().indexOf(group.type())));
    return new DigestContent(
        "preview", person(digest.path("recipient"), "recipient"), locale, zone(digest), AT, groups);
  }

  private Group group(JsonNode group, String field) throws CommandFailure {
    requireKeys(group, field, GROUP);
    String name = group.path("type").asText("");
    EventType type =
        catalogue
            .type(name)
            .orElseThrow(
                () -> expected(field + ".type", "one of " + catalogue.names(), '"' + name + '"'));
    List<Item> items = new ArrayList<>();
    for (JsonNode item : group.path("items")) {
      String place = field + ".items[" + items.size() + "]";
      requireKeys(item, place, ITEM);
      String at = item.path("at").asText(AT.toString());
      items.add(
          new Item(
              person(item.path("sender"), place + ".sender"),
              item.path("data").isTextual()
                  ? item.path("data").asText()
                  : item.path("data").toString(),
              instant(at, place + ".at")));
    }
    if (items.isEmpty()) {
      throw expected(field + ".items", "one or more", "none");
    }
    items.sort(Comparator.comparing(Item::at).reversed());
    long events = group.path("events").asLong(items.size());
    if (events < 1) {
      throw expected(field + ".events", "1 or more", String.valueOf(events));
    }
    int senders = (int) items.stream().map(item -> item.sender()).distinct().count();
    return new Group(type, events, group.path("senders").asInt(senders), items);
  }

  /// Whoever is not given has no name.
  private Person person(JsonNode person, String field) throws CommandFailure {
    if (!person.isMissingNode()) {
      requireKeys(person, field, PERSON);
    }
    String given = person.path("gender").asText("unknown");
    Person.Gender gender =
        switch (given) {
          case "female" -> Person.Gender.FEMALE;
          case "male" -> Person.Gender.MALE;
          case "unknown" -> Person.Gender.UNKNOWN;
          default -> throw expected(field + ".gender", "female, male or unknown", given);
        };
    String name = person.path("name").asText("");
    return new Person(
        person.path("id").asText(name), name, person.path("picture").asText(""), gender);
  }

  private ZoneId zone(JsonNode digest) throws CommandFailure {
    String zone = digest.path("zone").asText("UTC");
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw expected("zone", "a time zone such as Europe/Berlin", zone);
    }
  }

  private Instant instant(String text, String field) throws CommandFailure {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw expected(field, "a moment such as 2026-01-31T18:00:00Z", text);
    }
  }

  /// What is misspelt would be left out without a word.
  private void requireKeys(JsonNode object, String field, List<String> known)
      throws CommandFailure {
    String place = field.isEmpty() ? "the digest" : field;
    if (!object.isObject()) {
      throw expected(place, "an object with " + String.join(", ", known), object.toString());
    }
    for (String name : (Iterable<String>) object::fieldNames) {
      if (!known.contains(name)) {
        String nearest =
            Nearest.of(name, known).map(near -> "; did you mean " + near + "?").orElse("");
        throw expected(
            place, "one of the keys " + String.join(", ", known), '"' + name + '"' + nearest);
      }
    }
  }

  private CommandFailure expected(String field, String expected, String found) {
    return CommandFailure.badInput(
        file + ": " + field + ": expected " + expected + ", but found " + found);
  }
}
