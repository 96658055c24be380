package dev.whileaway.worker.pipeline;

import dev.whileaway.presence.PresenceReading;
import dev.whileaway.v1.Channel;
import dev.whileaway.worker.plan.Circumstances;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Due.PendingEvent;
import dev.whileaway.worker.plan.UserState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was read, after the lease, about the users of a batch: recipients and senders.
public record Gathered(Map<String, UserState> users, Map<String, PresenceReading> presence) {

  /// For those who will not plan any more.
  public static final Gathered NOTHING = new Gathered(Map.of(), Map.of());

  static Set<String> recipients(List<Due> batch) {
    Set<String> recipients = new HashSet<>();
    batch.forEach(due -> recipients.add(due.user()));
    return recipients;
  }

  static Set<String> everyone(List<Due> batch) {
    Set<String> everyone = recipients(batch);
    for (Due due : batch) {
      due.events().forEach(event -> everyone.add(event.sender()));
    }
    everyone.remove(""); // The product itself has no profile.
    return everyone;
  }

  UserState recipient(Due due) {
    return users.getOrDefault(due.user(), UserState.UNKNOWN);
  }

  Circumstances of(Due due, Set<Channel> usable) {
    Map<String, UserState> senders = new HashMap<>();
    for (PendingEvent event : due.events()) {
      UserState state = users.get(event.sender());
      if (state != null) {
        senders.put(event.sender(), state);
      }
    }
    PresenceReading reading = presence.getOrDefault(due.user(), PresenceReading.NEVER);
    return new Circumstances(recipient(due), senders, reading, usable);
  }
}
