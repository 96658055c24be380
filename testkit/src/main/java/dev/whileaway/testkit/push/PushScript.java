package dev.whileaway.testkit.push;

import dev.whileaway.testkit.push.PushBehaviour.Part;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// A behaviour in words, for whoever runs a fake provider by hand:
///
/// ```
/// behaviour := one | part ("," part)*
/// part      := PERCENT "%" one
/// one       := "after" MILLIS one
///            | "accept" | "hang" | "close" | "goaway" | "turnaway" | "unregistered" INSTANT
///            | STATUS REASON ["retry" SECONDS]
/// ```
///
/// `20% after 50 accept, 10% 429 QUOTA_EXCEEDED retry 30`: of each hundred pushes twenty are taken
/// late, ten are refused, and the rest are taken.
public final class PushScript {

  private PushScript() {}

  /// @throws IllegalArgumentException if it is none; the message says what was expected
  public static PushBehaviour parse(String script) {
    if (!script.contains("%")) {
      return one(script.strip());
    }
    Part[] parts = Arrays.stream(script.split(",")).map(PushScript::part).toArray(Part[]::new);
    int percent = Arrays.stream(parts).mapToInt(Part::percent).sum();
    if (percent > 100) {
      throw expected("parts of at most 100 % together", script);
    }
    return PushBehaviour.mix(parts);
  }

  private static Part part(String text) {
    int mark = text.indexOf('%');
    if (mark < 0) {
      throw expected("a percentage, as in `10% hang`", text.strip());
    }
    return new Part(number(text.substring(0, mark).strip()), one(text.substring(mark + 1).strip()));
  }

  private static PushBehaviour one(String text) {
    String[] words = text.split("\\s+", 3);
    return switch (words[0]) {
      case "after" -> {
        if (words.length < 3) {
          throw expected("milliseconds and a behaviour, as in `after 50 accept`", text);
        }
        yield PushBehaviour.after(Duration.ofMillis(number(words[1])), one(words[2]));
      }
      case "accept" -> PushBehaviour.ACCEPT;
      case "hang" -> PushBehaviour.HANG;
      case "close" -> PushBehaviour.CLOSE;
      case "goaway" -> PushBehaviour.GO_AWAY;
      case "turnaway" -> PushBehaviour.TURN_AWAY;
      case "unregistered" -> PushBehaviour.unregistered(instant(words));
      default -> refusal(text, words);
    };
  }

  private static PushBehaviour refusal(String text, String[] words) {
    if (words.length < 2 || !words[0].matches("[45][0-9][0-9]")) {
      throw expected(
          "accept, hang, close, goaway, turnaway, unregistered INSTANT, or a status and a reason such"
              + " as `503 UNAVAILABLE`",
          text);
    }
    int status = number(words[0]);
    if (words.length < 3) {
      return PushBehaviour.refuse(status, words[1]);
    }
    String[] retry = words[2].split("\\s+");
    if (retry.length != 2 || !retry[0].equals("retry")) {
      throw expected("`retry SECONDS` after the reason", words[2]);
    }
    return PushBehaviour.refuse(status, words[1], Duration.ofSeconds(number(retry[1])));
  }

  private static Instant instant(String[] words) {
    try {
      return Instant.parse(words.length < 2 ? "" : words[1]);
    } catch (DateTimeException e) {
      throw expected(
          "a moment, as in `unregistered 2026-01-31T10:15:00Z`", String.join(" ", words));
    }
  }

  private static int number(String word) {
    if (!word.matches("[0-9]{1,9}")) {
      throw expected("a number", word);
    }
    return Integer.parseInt(word);
  }

  private static IllegalArgumentException expected(String expected, String found) {
    return new IllegalArgumentException("expected %s, but found \"%s\"".formatted(expected, found));
  }
}
