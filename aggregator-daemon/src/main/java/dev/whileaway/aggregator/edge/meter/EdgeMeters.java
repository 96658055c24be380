package dev.whileaway.aggregator.edge.meter;

import dev.whileaway.v1.CancelItem;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.ConfirmItem;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.Outcome;
import dev.whileaway.v1.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What only the edge knows of answers to leases: their reasons, and the outcomes of deliveries.
/// What shards count themselves comes by [ShardSampler]. Each counter is made once, so that
/// counting is one addition; an answer that is repeated counts again.
public final class EdgeMeters {

  private final Counter stale;
  private final Counter leaseLost;
  private final Map<Reason, Counter> confirmed;
  private final Map<Reason, Counter> cancelled;
  private final Map<Channel, Map<Outcome, Counter>> deliveries = new EnumMap<>(Channel.class);

  public EdgeMeters(MeterRegistry registry) {
    stale = registry.counter("whileaway.leases.stale");
    leaseLost = registry.counter("whileaway.leases.lost");
    confirmed = byReason(registry, "whileaway.leases.confirmed");
    cancelled = byReason(registry, "whileaway.leases.cancelled");
    for (Channel channel : Channel.values()) {
      deliveries.put(channel, byOutcome(registry, channel));
    }
  }

  private static Map<Reason, Counter> byReason(MeterRegistry registry, String name) {
    Map<Reason, Counter> counters = new EnumMap<>(Reason.class);
    for (Reason reason : Reason.values()) {
      counters.put(reason, registry.counter(name, "reason", tag(reason, "REASON_")));
    }
    return counters;
  }

  private static Map<Outcome, Counter> byOutcome(MeterRegistry registry, Channel channel) {
    Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      counters.put(
          outcome,
          registry.counter(
              "whileaway.deliveries",
              "channel",
              tag(channel, "CHANNEL_"),
              "outcome",
              tag(outcome, "OUTCOME_")));
    }
    return counters;
  }

  private static String tag(Enum<?> value, String prefix) {
    return value.name().replace(prefix, "").toLowerCase(Locale.ROOT);
  }

  public void stale() {
    stale.increment();
  }

  public void leaseLost() {
    leaseLost.increment();
  }

  public void confirmed(ConfirmItem item) {
    count(confirmed, item.getReason());
    delivered(item.getDeliveriesList());
  }

  public void cancelled(CancelItem item) {
    count(cancelled, item.getReason());
    delivered(item.getDeliveriesList());
  }

  private void delivered(List<Delivery> list) {
    for (Delivery delivery : list) {
      count(deliveries.getOrDefault(delivery.getChannel(), Map.of()), delivery.getOutcome());
    }
  }

  private static <K> void count(Map<K, Counter> counters, K key) {
    Counter counter = counters.get(key);
    if (counter != null) {
      counter.increment();
    }
  }
}
