package dev.whileaway.aggregator.edge.story;

import dev.whileaway.v1.Channel;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Small phrases of which stories are made.
final class Phrase {

  private Phrase() {}

  /// To the second, in UTC: operators compare it with logs.
  static String moment(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// "1 device", "2 devices".
  static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /// "a", "a and b", "a, b and c".
  static String list(List<String> parts) {
    if (parts.size() < 2) {
      return String.join("", parts);
    }
    return String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.getLast();
  }

  /// "in 12 min", "in 2 h 5 min", "in 40 s".
  static String in(long millis) {
    Duration time = Duration.ofMillis(millis);
    if (time.toMinutes() == 0) {
      return "in " + time.toSeconds() + " s";
    }
    if (time.toHours() == 0) {
      return "in " + time.toMinutes() + " min";
    }
    return "in " + time.toHours() + " h " + time.toMinutesPart() + " min";
  }

  static String channel(Channel channel) {
    return switch (channel) {
      case CHANNEL_PUSH -> "push";
      case CHANNEL_EMAIL -> "e-mail";
      case CHANNEL_UNSPECIFIED, UNRECOGNIZED -> "message";
    };
  }

  /// "a push", "an e-mail".
  static String oneMessage(Channel channel) {
    return (channel == Channel.CHANNEL_EMAIL ? "an " : "a ") + channel(channel);
  }

  /// Something said by others, in brackets; nothing if they said nothing.
  static String aside(String detail) {
    return detail.isEmpty() ? "" : " (" + detail + ")";
  }
}
