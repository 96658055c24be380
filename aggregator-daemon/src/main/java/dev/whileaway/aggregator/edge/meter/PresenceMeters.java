package dev.whileaway.aggregator.edge.meter;

import dev.whileaway.presence.PresenceStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// What `/metrics` shows of presence.
public final class PresenceMeters {

  private PresenceMeters() {}

  public static void register(PresenceStore store, MeterRegistry registry) {
    Gauge.builder("whileaway.presence.entries", store, s -> s.usage().entries())
        .description("Users whose presence is kept")
        .register(registry);
    Gauge.builder("whileaway.presence.capacity", store, s -> s.usage().capacity())
        .description("Users whose presence fits")
        .register(registry);
    FunctionCounter.builder("whileaway.presence.refused", store, s -> s.usage().refused())
        .description("Touches that found no room")
        .register(registry);
  }
}
