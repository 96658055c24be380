package dev.whileaway.templates;

import dev.whileaway.templates.DigestContent.Group;
import dev.whileaway.templates.DigestContent.Item;
import dev.whileaway.templates.DigestRules.Combination;
import dev.whileaway.templates.DigestRules.TypeRules;
import dev.whileaway.templates.TextKey.Voice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What one digest says in one language. Used by one thread, for one rendering.
final class Wording {

  private static final Person NOBODY = new Person("", "", "", Person.Gender.UNKNOWN);

  private final DigestRules rules;
  private final Texts texts;
  private final DigestContent digest;
  private final People people;
  private final Map<String, Object> common;

  Wording(DigestRules rules, Texts texts, DigestContent digest) {
    this.rules = rules;
    this.texts = texts;
    this.digest = digest;
    this.people = new People(texts, digest.digestId());
    String recipient = People.knownName(digest.recipient());
    this.common =
        Map.of(
            "product", rules.product().name(),
            "recipient", people.isolated(recipient),
            "named", recipient.isEmpty() ? "no" : "yes");
  }

  Map<String, String> push() {
    return phrase("push");
  }

  Map<String, String> mail() {
    return phrase("mail");
  }

  private Map<String, String> phrase(String channel) {
    if (digest.groups().size() > 1) {
      return said(groupPath() + "." + channel, groupArguments());
    }
    Group group = digest.groups().getFirst();
    Map<String, Object> arguments = arguments(group);
    String path = typePath(group) + "." + channel + "." + voice(group, arguments).key;
    return said(path, arguments);
  }

  private Map<String, String> said(String path, Map<String, Object> arguments) {
    Map<String, String> said = texts.phrase(path, digest.digestId(), arguments);
    said.replaceAll((_, text) -> people.capitalised(text));
    return said;
  }

  String button() {
    return digest.groups().size() > 1
        ? texts.say(
            groupPath() + ".button", digest.digestId(), commonAnd("events", digest.events()))
        : say(digest.groups().getFirst(), "button");
  }

  String section(Group group) {
    return say(group, "section");
  }

  String more(Group group, long count) {
    return texts.say(typePath(group) + ".more", digest.digestId(), Map.of("count", count));
  }

  /// What a sender did, for an event that has nothing to quote.
  String row(Group group, Item item, Map<String, String> data) {
    var arguments = new HashMap<String, Object>(data);
    arguments.put("gender", people.gender(item.sender()));
    return texts.say(typePath(group) + ".row", digest.digestId(), arguments);
  }

  /// As it stands alone.
  String name(Person sender) {
    return people.title(sender);
  }

  /// What strangers wrote, as it may stand beside other words.
  String isolated(String text) {
    return people.isolated(text);
  }

  Map<String, String> labels() {
    return texts.labels(commonAnd("events", digest.events()));
  }

  private Map<String, Object> groupArguments() {
    Map<String, Object> arguments = commonAnd("events", digest.events());
    arguments.put("parts", people.list(digest.groups().stream().map(this::part).toList()));
    for (Group group : digest.groups()) {
      String type = group.type().name();
      arguments.put(TextKey.placeholder(type, "events"), group.events());
      arguments.put(TextKey.placeholder(type, "senders"), senders(group));
      arguments.put(TextKey.placeholder(type, "who"), people.who(group, senders(group)));
      arguments.put(TextKey.placeholder(type, "part"), part(group));
    }
    return arguments;
  }

  private Map<String, Object> arguments(Group group) {
    var arguments = new HashMap<>(common);
    List<Item> items = group.items();
    Person first = items.isEmpty() ? NOBODY : items.getFirst().sender();
    arguments.put("events", group.events());
    arguments.put("senders", senders(group));
    arguments.put("name", people.isolated(people.name(first)));
    arguments.put("gender", people.gender(first));
    arguments.put("who", people.who(group, senders(group)));
    arguments.put("excerpt", people.isolated(excerpt(group)));
    return arguments;
  }

  private String excerpt(Group group) {
    TypeRules type = rules.of(group.type());
    if (type.excerpt().isEmpty() || group.items().isEmpty()) {
      return "";
    }
    return EventData.of(group.items().getFirst().data(), type).getOrDefault(type.excerpt(), "");
  }

  private static Voice voice(Group group, Map<String, Object> arguments) {
    if (senders(group) > 1) {
      return Voice.MANY;
    }
    return "".equals(arguments.get("excerpt")) ? Voice.ONE : Voice.QUOTED;
  }

  /// An event of the product itself has no sender; it is told like one of somebody unnamed.
  private static int senders(Group group) {
    return Math.max(1, group.senders());
  }

  private String part(Group group) {
    return say(group, "part");
  }

  private String say(Group group, String what) {
    Map<String, Object> arguments = commonAnd("events", group.events());
    arguments.put("senders", senders(group));
    return texts.say(typePath(group) + "." + what, digest.digestId(), arguments);
  }

  private Map<String, Object> commonAnd(String name, Object value) {
    var arguments = new HashMap<>(common);
    arguments.put(name, value);
    return arguments;
  }

  private static String typePath(Group group) {
    return "types." + group.type().name();
  }

  private String groupPath() {
    var present =
        digest.groups().stream().map(group -> group.type().name()).collect(Collectors.toSet());
    return "groups."
        + rules.combinations().stream()
            .filter(combination -> combination.types().equals(present))
            .map(Combination::name)
            .findFirst()
            .orElse("any");
  }
}
