package dev.whileaway.aggregator.edge.meter;

import dev.whileaway.aggregator.suppression.SuppressionList;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// What `/metrics` shows of the suppression list.
public final class SuppressionMeters {

  private SuppressionMeters() {}

  public static void register(SuppressionList suppressions, MeterRegistry registry) {
    Gauge.builder("whileaway.suppressions", suppressions, SuppressionList::size)
        .description("Addresses that are never mailed again")
        .register(registry);
  }
}
