package dev.whileaway.worker.pipeline;

import dev.whileaway.worker.plan.UserState;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// What is known of users, fresh.
public interface Users {

  /// One entry for each asked user.
  Map<String, UserState> states(Set<String> users);

  /// Removes a dead device, unless it was registered after this moment: then it is a new one.
  void unregisterDevice(String user, String token, Instant unlessRegisteredAfter);
}
