package dev.whileaway.templates;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What became of the event types with which the program runs, in an edited catalogue. None of it
/// reaches a running program: the shards have scheduled by the types.
///
/// @param missing names of types that the catalogue has no more
/// @param inWords what differs of the others, a line each
record TypeChanges(List<String> missing, List<String> inWords) {

  static TypeChanges between(List<EventType> running, List<EventType> edited) {
    var missing = new ArrayList<String>();
    var words = new ArrayList<String>();
    for (EventType type : running) {
      edited.stream()
          .filter(other -> other.name().equals(type.name()))
          .findFirst()
          .ifPresentOrElse(other -> compare(words, type, other), () -> missing.add(type.name()));
    }
    List<String> before = names(running);
    List<String> after = names(edited);
    for (String name : after) {
      if (!before.contains(name)) {
        words.add(CatalogueFile.NAME + ": types." + name + " is new");
      }
    }
    after.retainAll(before);
    before.removeAll(missing);
    if (!after.equals(before)) {
      words.add(CatalogueFile.NAME + ": types stand in another order");
    }
    return new TypeChanges(List.copyOf(missing), List.copyOf(words));
  }

  /// Backlogs hold events of the types of the start: what has no texts for them cannot tell of
  /// them.
  void refuseMissing() throws TemplateException {
    if (!missing.isEmpty()) {
      throw TemplateException.at(
          CatalogueFile.NAME,
          1,
          "each type with which the program runs",
          "no "
              + String.join(", ", missing)
              + "; put back what is missing, or restart to do without");
    }
  }

  private static List<String> names(List<EventType> types) {
    return new ArrayList<>(types.stream().map(EventType::name).toList());
  }

  private static void compare(List<String> words, EventType running, EventType edited) {
    changed(words, running, "id", running.id(), edited.id());
    changed(words, running, "urgent", running.urgent(), edited.urgent());
    changed(words, running, "window", span(running.window()), span(edited.window()));
    changed(
        words, running, "expires-after", span(running.expiresAfter()), span(edited.expiresAfter()));
  }

  private static void changed(
      List<String> words, EventType type, String what, Object running, Object edited) {
    if (!running.equals(edited)) {
      words.add(
          "%s: types.%s.%s is %s, and runs as %s"
              .formatted(CatalogueFile.NAME, type.name(), what, edited, running));
    }
  }

  /// As the catalogue writes it.
  private static String span(Duration span) {
    long seconds = span.toSeconds();
    return seconds % 86_400 == 0
        ? seconds / 86_400 + "d"
        : seconds % 3_600 == 0
            ? seconds / 3_600 + "h"
            : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
