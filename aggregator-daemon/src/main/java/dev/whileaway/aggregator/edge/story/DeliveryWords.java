package dev.whileaway.aggregator.edge.story;

import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.Outcome;
import java.util.ArrayList;
import java.util.List;

/// What was sent where, and what the other side said.
final class DeliveryWords {

  /// Enough of a token to find it, too little to use it.
  private static final int TOKEN_CHARS_SHOWN = 6;

  private DeliveryWords() {}

  /// "push sent to 2 devices: accepted by both"; several channels are joined by semicolons.
  static String of(List<Delivery> deliveries) {
    List<String> sentences = new ArrayList<>();
    for (Channel channel : List.of(Channel.CHANNEL_PUSH, Channel.CHANNEL_EMAIL)) {
      List<Delivery> sent = deliveries.stream().filter(d -> d.getChannel() == channel).toList();
      if (!sent.isEmpty()) {
        sentences.add(channel == Channel.CHANNEL_PUSH ? push(sent) : email(sent));
      }
    }
    return String.join("; ", sentences);
  }

  private static String push(List<Delivery> tried) {
    String push = tried.getFirst().getSilent() ? "silent push" : "push";
    return push + " " + reach(tried) + ": " + outcomes(tried);
  }

  /// Only what was accepted is called sent.
  private static String reach(List<Delivery> tried) {
    long accepted = count(tried, Outcome.OUTCOME_ACCEPTED);
    if (accepted > 0) {
      return "sent to " + part(accepted, tried.size());
    }
    long unknown = count(tried, Outcome.OUTCOME_UNKNOWN);
    return unknown > 0
        ? "may have been sent to " + part(unknown, tried.size())
        : "not sent to " + part(tried.size(), tried.size());
  }

  private static long count(List<Delivery> tried, Outcome outcome) {
    return tried.stream().filter(delivery -> delivery.getOutcome() == outcome).count();
  }

  /// "2 devices", "1 of 2 devices".
  private static String part(long some, int all) {
    return (some == all ? "" : some + " of ") + Phrase.count(all, "device");
  }

  private static String email(List<Delivery> tried) {
    List<String> each =
        tried.stream().map(delivery -> reach(delivery) + ": " + outcome(delivery)).toList();
    return String.join("; ", each);
  }

  private static String reach(Delivery email) {
    return switch (email.getOutcome()) {
      case OUTCOME_ACCEPTED -> "e-mail sent to " + email.getTarget();
      case OUTCOME_UNKNOWN -> "e-mail to " + email.getTarget() + " may have been sent";
      case OUTCOME_UNREGISTERED,
          OUTCOME_REJECTED,
          OUTCOME_RETRY_AFTER,
          OUTCOME_UNSPECIFIED,
          UNRECOGNIZED ->
          "e-mail to " + email.getTarget() + " not sent";
    };
  }

  private static String outcomes(List<Delivery> tried) {
    if (tried.size() == 1) {
      return outcome(tried.getFirst());
    }
    if (count(tried, Outcome.OUTCOME_ACCEPTED) == tried.size()) {
      return tried.size() == 2 ? "accepted by both" : "accepted by all";
    }
    return Phrase.list(tried.stream().map(d -> device(d) + " " + outcome(d)).toList());
  }

  private static String device(Delivery delivery) {
    String token = delivery.getTarget();
    String end = token.substring(Math.max(0, token.length() - TOKEN_CHARS_SHOWN));
    String platform =
        switch (delivery.getPlatform()) {
          case PLATFORM_FCM -> "FCM ";
          case PLATFORM_APNS -> "APNs ";
          case PLATFORM_WEB -> "Web Push ";
          case PLATFORM_HMS -> "Push Kit ";
          case PLATFORM_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    return platform + "…" + end;
  }

  private static String outcome(Delivery delivery) {
    String detail = delivery.getDetail();
    return switch (delivery.getOutcome()) {
      case OUTCOME_ACCEPTED -> "accepted" + Phrase.aside(detail);
      case OUTCOME_UNREGISTERED ->
          (delivery.getChannel() == Channel.CHANNEL_PUSH
                  ? "no longer registered"
                  : "the mailbox is dead")
              + Phrase.aside(detail);
      case OUTCOME_REJECTED -> "refused for ever" + Phrase.aside(detail);
      // Whether the other side asked for it or could not be reached, only the detail knows.
      case OUTCOME_RETRY_AFTER -> detail.isEmpty() ? "not now" : detail;
      case OUTCOME_UNKNOWN -> "no answer" + Phrase.aside(detail);
      case OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
          "ended in a way this version does not know" + Phrase.aside(detail);
    };
  }
}
