package dev.whileaway.aggregator.edge.meter;

import dev.whileaway.v1.CancelItem;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.ConfirmItem;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.Outcome;
import dev.whileaway.v1.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What only the edge knows of answers to leases: their reasons, and the outcomes of deliveries.
/// What shards count themselves comes by [ShardSampler]. A series begins with its first count, so
/// that none stands for what never happens; an answer that is repeated counts again.
public final class EdgeMeters {

  private final MeterRegistry registry;
  private final Counter stale;
  private final Counter leaseLost;
  private final Map<Reason, Counter> confirmed = new ConcurrentHashMap<>();
  private final Map<Reason, Counter> cancelled = new ConcurrentHashMap<>();
  private final Map<Sent, Counter> deliveries = new ConcurrentHashMap<>();

  public EdgeMeters(MeterRegistry registry) {
    this.registry = registry;
    stale =
        Counter.builder("whileaway.leases.stale")
            .description(
                "Begin-sends that found something cleared, or the profile changed, meanwhile")
            .register(registry);
    leaseLost =
        Counter.builder("whileaway.leases.lost")
            .description("Answers to leases that were no longer the worker's")
            .register(registry);
  }

  private record Sent(Channel channel, Outcome outcome) {}

  public void stale() {
    stale.increment();
  }

  public void leaseLost() {
    leaseLost.increment();
  }

  public void confirmed(ConfirmItem item) {
    confirmed
        .computeIfAbsent(
            item.getReason(),
            reason ->
                byReason(
                    "whileaway.leases.confirmed", "Leases that were done with, and why", reason))
        .increment();
    delivered(item.getDeliveriesList());
  }

  public void cancelled(CancelItem item) {
    cancelled
        .computeIfAbsent(
            item.getReason(),
            reason ->
                byReason(
                    "whileaway.leases.cancelled",
                    "Leases whose backlog is due again, and why",
                    reason))
        .increment();
    delivered(item.getDeliveriesList());
  }

  private void delivered(List<Delivery> list) {
    for (Delivery delivery : list) {
      deliveries
          .computeIfAbsent(new Sent(delivery.getChannel(), delivery.getOutcome()), this::byOutcome)
          .increment();
    }
  }

  private Counter byReason(String name, String description, Reason reason) {
    return Counter.builder(name)
        .description(description)
        .tag("reason", tag(reason, "REASON_"))
        .register(registry);
  }

  private Counter byOutcome(Sent sent) {
    return Counter.builder("whileaway.deliveries")
        .description("Sends, and what providers said")
        .tag("channel", tag(sent.channel(), "CHANNEL_"))
        .tag("outcome", tag(sent.outcome(), "OUTCOME_"))
        .register(registry);
  }

  private static String tag(Enum<?> value, String prefix) {
    return value.name().replace(prefix, "").toLowerCase(Locale.ROOT);
  }
}
