package dev.whileaway.aggregator.edge.rules;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Guesses which known name was meant.
public final class Nearest {

  /// Longer input is no slip of the finger, and comparing it would cost.
  private static final int COMPARED_CHARS_MAX = 64;

  private Nearest() {}

  /// The known name with the fewest letters to change; empty if none is near.
  public static Optional<String> of(String found, List<String> known) {
    if (found.isEmpty() || found.length() > COMPARED_CHARS_MAX) {
      return Optional.empty();
    }
    String lower = found.toLowerCase(Locale.ROOT);
    String best = "";
    int fewest = 1 + Math.max(1, found.length() / 3);
    for (String name : known) {
      int changes = changes(lower, name.toLowerCase(Locale.ROOT));
      if (changes < fewest) {
        fewest = changes;
        best = name;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /// Levenshtein's distance, with one row of memory.
  private static int changes(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
