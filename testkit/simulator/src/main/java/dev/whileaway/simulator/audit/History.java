package dev.whileaway.simulator.audit;

import dev.whileaway.aggregator.shard.UserId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What happened in a run so far, and the first rule that it broke.
final class History {

  private final LongSupplier step;
  private final Map<String, EventTrace> events = new HashMap<>();
  private final Map<UserId, UserTrace> users = new LinkedHashMap<>();
  private @Nullable String violation;

  History(LongSupplier step) {
    this.step = step;
  }

  long step() {
    return step.getAsLong();
  }

  EventTrace begin(EventOrder order) {
    var event = new EventTrace(order);
    events.put(order.token(), event);
    user(new UserId(order.recipient())).events.add(event);
    return event;
  }

  EventTrace event(String token) {
    EventTrace event = events.get(token);
    if (event == null) {
      throw new IllegalStateException("expected an event that was reported, but found " + token);
    }
    return event;
  }

  UserTrace user(UserId id) {
    return users.computeIfAbsent(id, UserTrace::new);
  }

  Collection<EventTrace> events() {
    return events.values();
  }

  /// The first one counts: what comes after it may be its consequence.
  void violated(String rule) {
    if (violation == null) {
      violation = rule;
    }
  }

  @Nullable String violation() {
    return violation;
  }
}
