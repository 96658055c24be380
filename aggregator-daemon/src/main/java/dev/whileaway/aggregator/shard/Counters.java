package dev.whileaway.aggregator.shard;

import java.util.EnumMap;
import java.util.Map;

/// A reading of a shard's counters.
public record Counters(Map<Counter, Long> values) {

  public Counters {
    values = Map.copyOf(values);
  }

  static Counters of(long[] readings) {
    var values = new EnumMap<Counter, Long>(Counter.class);
    for (Counter counter : Counter.values()) {
      values.put(counter, readings[counter.ordinal()]);
    }
    return new Counters(values);
  }

  public long of(Counter counter) {
    return values.getOrDefault(counter, 0L);
  }
}
