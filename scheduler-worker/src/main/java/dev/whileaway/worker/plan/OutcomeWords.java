package dev.whileaway.worker.plan;

import dev.whileaway.worker.deliver.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Tells how sends ended, in words: "1 accepted, 2 unregistered". What the other side said to each
/// stands in the ledger beside them.
final class OutcomeWords {

  static String of(List<Outcome> outcomes) {
    Map<String, Long> counts =
        outcomes.stream()
            .collect(
                Collectors.groupingBy(
                    OutcomeWords::word, LinkedHashMap::new, Collectors.counting()));
    if (outcomes.size() == 1) {
      return word(outcomes.getFirst());
    }
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  /// What was said, each once.
  static String details(List<Outcome> outcomes) {
    return outcomes.stream().map(Outcome::detail).distinct().collect(Collectors.joining("; "));
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

  private OutcomeWords() {}
}
