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

  private static String push(List<Delivery> sent) {
    String silent = sent.getFirst().getSilent() ? "silent push" : "push";
    return silent + " sent to " + Phrase.count(sent.size(), "device") + ": " + outcomes(sent);
  }

  private static String email(List<Delivery> sent) {
    List<String> each =
        sent.stream().map(d -> "e-mail sent to " + d.getTarget() + ": " + outcome(d)).toList();
    return String.join("; ", each);
  }

  private static String outcomes(List<Delivery> sent) {
    boolean allAccepted = sent.stream().allMatch(d -> d.getOutcome() == Outcome.OUTCOME_ACCEPTED);
    if (allAccepted) {
      return switch (sent.size()) {
        case 1 -> "accepted" + Phrase.aside(sent.getFirst().getDetail());
        case 2 -> "accepted by both";
        default -> "accepted by all";
      };
    }
    return Phrase.list(sent.stream().map(d -> device(d) + " " + outcome(d)).toList());
  }

  private static String device(Delivery delivery) {
    String token = delivery.getTarget();
    String end = token.substring(Math.max(0, token.length() - TOKEN_CHARS_SHOWN));
    String platform =
        switch (delivery.getPlatform()) {
          case PLATFORM_FCM -> "FCM ";
          case PLATFORM_APNS -> "APNs ";
          case PLATFORM_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    return platform + "…" + end;
  }

  private static String outcome(Delivery delivery) {
    String words =
        switch (delivery.getOutcome()) {
          case OUTCOME_ACCEPTED -> "accepted";
          case OUTCOME_UNREGISTERED ->
              delivery.getChannel() == Channel.CHANNEL_PUSH
                  ? "is no longer registered"
                  : "the mailbox is dead";
          case OUTCOME_REJECTED -> "refused for ever";
          case OUTCOME_RETRY_AFTER -> "asked to come later";
          case OUTCOME_UNKNOWN -> "gave no answer, it may have been taken";
          case OUTCOME_UNSPECIFIED, UNRECOGNIZED -> "ended in a way this version does not know";
        };
    return words + Phrase.aside(delivery.getDetail());
  }
}
