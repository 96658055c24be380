package dev.whileaway.aggregator.edge.story;

import dev.whileaway.internal.v1.Departure;
import dev.whileaway.v1.WhyKind;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// Events that left a backlog untold: which, and why.
final class DepartureWords {

  private DepartureWords() {}

  static Told of(Departure departure, long at, IntFunction<String> typeName) {
    String what = byType(departure, typeName);
    return switch (departure.getCause()) {
      case CAUSE_CLEARED -> new Told(at, WhyKind.WHY_KIND_CLEARED, "the user saw " + what);
      case CAUSE_EXPIRED ->
          new Told(at, WhyKind.WHY_KIND_DROPPED, what + " dropped: too old to tell");
      case CAUSE_GAVE_WAY ->
          new Told(
              at,
              WhyKind.WHY_KIND_DROPPED,
              "the backlog is full: from here on its oldest events are only counted, beginning with "
                  + what);
      case CAUSE_UNSPECIFIED, UNRECOGNIZED ->
          new Told(
              at, WhyKind.WHY_KIND_UNSPECIFIED, what + " left in a way this version does not know");
    };
  }

  /// "2 message and 1 visit", those included that were only counted.
  private static String byType(Departure departure, IntFunction<String> typeName) {
    Map<Integer, Long> counts = new TreeMap<>();
    departure.getEventsList().forEach(note -> counts.merge(note.getType(), 1L, Long::sum));
    for (int i = 0; i < departure.getCountedTypesCount(); i++) {
      counts.merge(departure.getCountedTypes(i), departure.getCountedEvents(i), Long::sum);
    }
    if (counts.isEmpty()) {
      return "events";
    }
    return Phrase.list(
        counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + typeName.apply(entry.getKey()))
            .toList());
  }
}
