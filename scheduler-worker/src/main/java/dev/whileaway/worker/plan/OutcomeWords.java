package dev.whileaway.worker.plan;

import dev.whileaway.worker.deliver.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Tells how sends ended, in words: "1 accepted, 2 unregistered (no such token)".
final class OutcomeWords {

  static String of(List<Outcome> outcomes) {
    Map<String, Long> counts =
        outcomes.stream()
            .collect(
                Collectors.groupingBy(
                    OutcomeWords::word, LinkedHashMap::new, Collectors.counting()));
    if (outcomes.size() == 1) {
      return word(outcomes.getFirst()) + firstDetail(outcomes);
    }
    return counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "))
        + firstDetail(outcomes);
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted _ -> "accepted";
      case Outcome.Unregistered _ -> "unregistered";
      case Outcome.Rejected _ -> "rejected";
      case Outcome.RetryAfter _ -> "busy";
      case Outcome.Unknown _ -> "no answer";
    };
  }

  /// What was said by the first that did not simply accept.
  private static String firstDetail(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(outcome -> !(outcome instanceof Outcome.Accepted))
        .map(Outcome::detail)
        .filter(detail -> !detail.isEmpty())
        .findFirst()
        .map(detail -> " (" + detail + ")")
        .orElse("");
  }

  private OutcomeWords() {}
}
