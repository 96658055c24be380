package dev.whileaway.benchmarks.micro;

import dev.whileaway.aggregator.shard.NewEvent;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardCommand.ReportEvents;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.benchmarks.WorkEvent;
import dev.whileaway.benchmarks.Workload;
import java.time.Duration;
import java.util.List;
import java.util.function.LongToIntFunction;
import java.util.stream.LongStream;

/// Workload W as the edge hands it to a shard.
///
/// @param windowMillis how long the backlog that event `k` opens gathers
record Commands(Workload workload, LongToIntFunction windowMillis) {

  private static final long EXPIRES_AFTER_MILLIS = Duration.ofDays(14).toMillis();

  /// Every backlog gathers for half an hour.
  static Commands of(int users) {
    int window = (int) Duration.ofMinutes(30).toMillis();
    return new Commands(new Workload(users), _ -> window);
  }

  UserId user(long k) {
    return new UserId(Long.toString(workload.user(k)));
  }

  /// Events from 0 to so many, in requests of so many.
  List<ShardCommand> reports(long events, int eventsPerRequest) {
    return LongStream.range(0, events / eventsPerRequest)
        .mapToObj(request -> report(request * eventsPerRequest, eventsPerRequest))
        .toList();
  }

  private ShardCommand report(long from, int events) {
    return new ReportEvents(LongStream.range(from, from + events).mapToObj(this::event).toList());
  }

  private NewEvent event(long k) {
    WorkEvent event = workload.event(k);
    return new NewEvent(
        new UserId(Long.toString(event.recipient())),
        Long.toString(event.sender()),
        event.type().id(),
        event.data(),
        "",
        windowMillis.applyAsInt(k),
        false,
        EXPIRES_AFTER_MILLIS);
  }
}
