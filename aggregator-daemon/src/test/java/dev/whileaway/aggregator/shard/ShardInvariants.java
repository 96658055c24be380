package dev.whileaway.aggregator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What must be true of a shard after every command.
final class ShardInvariants {

  private ShardInvariants() {}

  /// Every acknowledged event is in exactly one place.
  static void check(ShardView view) {
    Counters counters = view.counters();
    long left =
        Stream.of(
                Counter.TOLD, Counter.CLEARED, Counter.EXPIRED, Counter.DROPPED, Counter.FORGOTTEN)
            .flatMapToLong(counter -> LongStream.of(counters.of(counter)))
            .sum();
    assertThat(left + view.pendingEvents())
        .as("events told, cleared, expired, dropped, forgotten or pending")
        .isEqualTo(counters.of(Counter.REPORTED));
  }
}
