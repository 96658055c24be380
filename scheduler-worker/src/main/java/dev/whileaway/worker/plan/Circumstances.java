package dev.whileaway.worker.plan;

import dev.whileaway.presence.PresenceReading;
import dev.whileaway.v1.Channel;
import java.util.Map;
import java.util.Set;

/// All that a decision about one user depends on beside the backlog and the rules.
///
/// @param senders by user id; one that is missing counts as [UserState.Unknown]
/// @param usable channels that are configured for what the recipient has
public record Circumstances(
    UserState recipient,
    Map<String, UserState> senders,
    PresenceReading presence,
    Set<Channel> usable) {

  public Circumstances {
    senders = Map.copyOf(senders);
    usable = Set.copyOf(usable);
  }

  UserState sender(String user) {
    return senders.getOrDefault(user, UserState.UNKNOWN);
  }
}
