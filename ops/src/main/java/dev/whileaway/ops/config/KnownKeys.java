package dev.whileaway.ops.config;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The keys that [Configuration] declares, and the nearest of them to one that it does not. A list
/// stands as `[*]`.
final class KnownKeys {

  static final String PREFIX = "whileaway.";

  private final Set<String> keys =
      ConfigMappings.getProperties(ConfigClass.configClass(Configuration.class)).keySet().stream()
          .filter(name -> name.startsWith(PREFIX))
          .map(name -> name.substring(PREFIX.length()))
          .collect(Collectors.toCollection(TreeSet::new));

  Set<String> all() {
    return keys;
  }

  boolean contains(String key) {
    return keys.contains(key.replaceAll("\\[\\d+]", "[*]"));
  }

  /// Whether other keys lie below this one, so that it has no value of its own.
  boolean isGroup(String key) {
    String plain = key.replaceAll("\\[\\d+]", "[*]");
    return keys.stream().anyMatch(k -> k.startsWith(plain + ".") || k.startsWith(plain + "["));
  }

  /// The environment's name of a key: `WHILEAWAY_GRPC_PORT`.
  static String variable(String key) {
    return (PREFIX + key)
        .replaceAll("\\[([^]]*)]", "_$1_")
        .replaceAll("[^A-Za-z0-9*]", "_")
        .toUpperCase(Locale.ROOT);
  }

  boolean containsVariable(String variable) {
    return keys.stream().anyMatch(key -> variable.matches(variable(key).replace("*", "\\d+")));
  }

  String nearest(String key) {
    String plain = key.replaceAll("\\[\\d+]", "[*]");
    return keys.stream()
        .min(Comparator.comparingInt(known -> distance(plain, known)))
        .orElseThrow();
  }

  String nearestVariable(String variable) {
    return keys.stream()
        .map(key -> variable(key).replace("*", "0"))
        .min(Comparator.comparingInt(known -> distance(variable, known)))
        .orElseThrow();
  }

  /// Levenshtein's: how many letters must be added, taken away or replaced.
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replace = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
