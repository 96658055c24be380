package dev.whileaway.ops.config;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The keys that [Configuration] declares, and the nearest of them to one that it does not. A list
/// stands as `[*]`, a name that users choose as `*`.
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
    return keys.contains(form(key));
  }

  /// The known key that this one is an instance of, or itself.
  String form(String key) {
    String plain = key.replaceAll("\\[\\d+]", "[*]");
    return keys.stream()
        .filter(known -> known.contains(".*") && isInstance(plain, known))
        .findFirst()
        .orElse(plain);
  }

  private static boolean isInstance(String key, String known) {
    return key.matches(known.replace(".", "\\.").replace("*", "[^.\\[\\]]+"));
  }

  /// Whether other keys lie below this one, so that it has no value of its own.
  boolean isGroup(String key) {
    String plain = key.replaceAll("\\[\\d+]", "[*]");
    return keys.stream()
        .anyMatch(k ->
            k.startsWith(plain + ".")
                || k.startsWith(plain + "[")
                || k.contains(".*.") && isInstance(plain, k.substring(0, k.indexOf(".*.") + 2)));
  }

  /// The environment's name of a key: `WHILEAWAY_GRPC_PORT`.
  static String variable(String key) {
    return (PREFIX + key)
        .replaceAll("\\[([^]]*)]", "_$1_")
        .replaceAll("[^A-Za-z0-9*]", "_")
        .toUpperCase(Locale.ROOT);
  }

  /// A name that users choose cannot be told from a variable's: such keys stand in files alone.
  boolean containsVariable(String variable) {
    return keys.stream()
        .filter(key -> !key.contains(".*."))
        .anyMatch(key -> variable.matches(variable(key).replace("*", "\\d+")));
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
