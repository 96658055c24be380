package dev.whileaway.benchmarks.phase;

import dev.whileaway.benchmarks.Client;
import dev.whileaway.benchmarks.WorkEvent;
import dev.whileaway.benchmarks.load.Step;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/// Reports the events of a workload one after the other, from several lanes at once.
final class Reports {

  private final LongFunction<WorkEvent> events;
  private final long end;
  private final AtomicLong next;

  /// @param events event `k`
  /// @param begin the first `k`
  /// @param end beyond the last `k`
  Reports(LongFunction<WorkEvent> events, long begin, long end) {
    this.events = events;
    this.end = end;
    this.next = new AtomicLong(begin);
  }

  /// A lane that reports so many events a request, until none is left.
  Step lane(Client client, int eventsPerRequest) {
    return () -> {
      long from = next.getAndAdd(eventsPerRequest);
      long to = Math.min(end, from + eventsPerRequest);
      if (from >= to) {
        return CompletableFuture.completedFuture(0);
      }
      List<WorkEvent> batch = LongStream.range(from, to).mapToObj(events).toList();
      return client.report(batch);
    };
  }
}
