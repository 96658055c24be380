package dev.whileaway.ops.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How durations are written: one or more of number and unit, such as `90s` or `1h30m`.
public final class Spans {

  private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private Spans() {}

  /// @throws IllegalArgumentException if it is not so written, or nothing; says what was expected
  public static Duration parse(String text) {
    long millis = 0;
    int end = 0;
    Matcher part = PART.matcher(text);
    while (part.find() && part.start() == end) {
      millis += amount(part.group(1)) * millisOf(part.group(2));
      end = part.end();
    }
    if (end != text.length() || millis == 0) {
      throw new IllegalArgumentException("a duration such as 200ms, 10s, 30m, 24h or 7d");
    }
    return Duration.ofMillis(millis);
  }

  /// As it would be written, in the largest unit of which it is a whole number.
  static String format(Duration span) {
    for (String unit : List.of("d", "h", "m", "s")) {
      if (span.toMillis() % millisOf(unit) == 0) {
        return span.toMillis() / millisOf(unit) + unit;
      }
    }
    return span.toMillis() + "ms";
  }

  /// Long enough for any use, and short enough to be multiplied.
  private static long amount(String digits) {
    return digits.length() > 9 ? 1_000_000_000 : Long.parseLong(digits);
  }

  private static long millisOf(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      default -> 86_400_000;
    };
  }
}
