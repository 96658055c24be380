package dev.whileaway.simulator.world;

import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.EventType;
import java.time.Duration;
import java.util.List;

/// The event types of every simulation: slow, quick, urgent, and one that is soon too old.
public final class EventTypes {

  public static final Catalogue CATALOGUE =
      new Catalogue(
          List.of(
              type(1, "slow", false, 120, Duration.ofDays(14)),
              type(2, "quick", false, 20, Duration.ofDays(14)),
              type(3, "urgent", true, 60, Duration.ofDays(14)),
              type(4, "brief", false, 60, Duration.ofMinutes(4))));

  private static EventType type(
      int id, String name, boolean urgent, int windowSeconds, Duration expiresAfter) {
    return new EventType(id, name, urgent, Duration.ofSeconds(windowSeconds), expiresAfter);
  }

  private EventTypes() {}
}
