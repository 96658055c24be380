package dev.whileaway.ops.replay;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Makes policies from a seed, for the model, and the same as a file for the product.
final class RandomRules {

  private static final List<String> NAMES = List.of("", "message", "visit", "favourite", "match");

  private RandomRules() {}

  static TraceModel.Rules of(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Map<Integer, Long> windows = new HashMap<>();
    Set<Integer> urgent = new HashSet<>();
    for (int type = 1; type <= 4; type++) {
      windows.put(type, 1L + random.nextInt(4000));
      if (random.nextInt(4) == 0) {
        urgent.add(type);
      }
    }
    int ladder = random.nextInt(4);
    return new TraceModel.Rules(
        windows,
        urgent,
        1 + random.nextInt(2000),
        1 + random.nextInt(1000),
        random.nextInt(24),
        random.nextInt(24),
        ladder != 1,
        ladder != 2,
        1 + random.nextInt(3600),
        1 + random.nextInt(1800),
        1 + random.nextInt(1800));
  }

  static String yaml(TraceModel.Rules rules) {
    var types = new StringBuilder();
    rules
        .windows()
        .forEach((type, window) ->
            types.append(
                "    %s: {window: %ds, urgent: %b}\n"
                    .formatted(NAMES.get(type), window, rules.urgent().contains(type))));
    return """
    presence:
      online: {recent: %ds, web: %ds, app: %ds}
    policy:
      escalation: %ds
      online-retry: %ds
      night-from: %d:00
      night-to: %d:00
      ladder: %s
      types:
    %s\
    """
        .formatted(
            rules.recent(),
            rules.web(),
            rules.app(),
            rules.escalation(),
            rules.onlineRetry(),
            rules.nightFrom(),
            rules.nightTo(),
            rules.push() && rules.email() ? "push-then-email" : rules.push() ? "push" : "email",
            types);
  }
}
