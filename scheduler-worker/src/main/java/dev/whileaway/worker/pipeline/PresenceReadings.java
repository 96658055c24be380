package dev.whileaway.worker.pipeline;

import dev.whileaway.presence.PresenceReading;
import java.util.Map;
import java.util.Set;

/// When and where users were last seen, fresh.
public interface PresenceReadings {

  /// One entry for each asked user.
  Map<String, PresenceReading> of(Set<String> users);
}
