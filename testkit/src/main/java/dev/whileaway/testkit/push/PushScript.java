package dev.whileaway.testkit.push;

import dev.whileaway.testkit.push.PushBehaviour.Part;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// A behaviour in words, for whoever runs a fake provider by hand:
///
/// ```
/// behaviour := one | part ("," part)*
/// part      := PERCENT "%" one
/// one       := "after" MILLIS one
///            | "accept" | "hang" | "close" | "goaway" | "turnaway" [CODE]
///            | "unregistered" INSTANT | STATUS REASON ["retry" SECONDS]
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
    String[] words = text.split("\\s+");
    return switch (words[0]) {
      case "after" -> after(text);
      case "accept" -> alone(words, PushBehaviour.ACCEPT);
      case "hang" -> alone(words, PushBehaviour.HANG);
      case "close" -> alone(words, PushBehaviour.CLOSE);
      case "goaway" -> alone(words, PushBehaviour.GO_AWAY);
      case "turnaway" -> {
        endAfter(2, words);
        yield words.length < 2 ? PushBehaviour.TURN_AWAY : PushBehaviour.turnAway(number(words[1]));
      }
      case "unregistered" -> PushBehaviour.unregistered(instant(words));
      default -> refusal(text, words);
    };
  }

  private static PushBehaviour after(String text) {
    String[] words = text.split("\\s+", 3);
    if (words.length < 3) {
      throw expected("milliseconds and a behaviour, as in `after 50 accept`", text);
    }
    return PushBehaviour.after(Duration.ofMillis(number(words[1])), one(words[2]));
  }

  private static PushBehaviour refusal(String text, String[] words) {
    if (words.length < 2 || !words[0].matches("[45][0-9][0-9]")) {
      throw expected(
          "accept, hang, close, goaway, turnaway, unregistered INSTANT, or a status and a reason"
              + " such as `503 UNAVAILABLE`",
          text);
    }
    int status = number(words[0]);
    if (words.length == 2) {
      return PushBehaviour.refuse(status, words[1]);
    }
    if (words.length != 4 || !words[2].equals("retry")) {
      throw expected("`retry SECONDS` after the reason", rest(2, words));
    }
    return PushBehaviour.refuse(status, words[1], Duration.ofSeconds(number(words[3])));
  }

  private static Instant instant(String[] words) {
    endAfter(2, words);
    try {
      return Instant.parse(words.length < 2 ? "" : words[1]);
    } catch (DateTimeException e) {
      throw expected("a moment, as in `unregistered 2026-01-31T10:15:00Z`", rest(0, words));
    }
  }

  private static PushBehaviour alone(String[] words, PushBehaviour behaviour) {
    endAfter(1, words);
    return behaviour;
  }

  /// What nobody reads was meant to do something.
  private static void endAfter(int count, String[] words) {
    if (words.length > count) {
      throw expected(
          "nothing after `" + String.join(" ", List.of(words).subList(0, count)) + "`",
          rest(count, words));
    }
  }

  private static String rest(int from, String[] words) {
    return String.join(" ", List.of(words).subList(from, words.length));
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
