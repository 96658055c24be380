package dev.whileaway.aggregator.edge.story;

import dev.whileaway.internal.v1.Departure;
import dev.whileaway.internal.v1.EventNote;
import dev.whileaway.v1.WhyKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// Events that left a backlog untold: which, and why.
final class DepartureWords {

  private DepartureWords() {}

  static Told of(Departure departure, long at, IntFunction<String> typeName) {
    String what = byType(departure.getEventsList(), typeName);
    return switch (departure.getCause()) {
      case CAUSE_CLEARED -> new Told(at, WhyKind.WHY_KIND_CLEARED, "the user saw " + what);
      case CAUSE_EXPIRED ->
          new Told(at, WhyKind.WHY_KIND_DROPPED, what + " dropped: too old to tell");
      case CAUSE_GAVE_WAY ->
          new Told(
              at,
              WhyKind.WHY_KIND_DROPPED,
              what + " gave way to newer events: the backlog was full; they are still counted");
      case CAUSE_UNSPECIFIED, UNRECOGNIZED ->
          new Told(
              at, WhyKind.WHY_KIND_UNSPECIFIED, what + " left in a way this version does not know");
    };
  }

  /// "2 message and 1 visit".
  private static String byType(List<EventNote> events, IntFunction<String> typeName) {
    Map<Integer, Long> counts =
        events.stream()
            .collect(
                Collectors.groupingBy(EventNote::getType, TreeMap::new, Collectors.counting()));
    if (counts.isEmpty()) {
      return "events";
    }
    return Phrase.list(
        counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + typeName.apply(entry.getKey()))
            .toList());
  }
}
