package dev.whileaway.aggregator.shard;

import dev.whileaway.v1.Channel;
import java.util.Set;

/// What a worker is about to do, and what to presume if it is never heard of again.
public record SendIntent(Channel channel, Presumed presumed) {

  /// The answer that an expired sending lease gets.
  public sealed interface Presumed {
    /// As if confirmed.
    record Confirm() implements Presumed {}

    /// As if cancelled so.
    record Cancel(long timeoutMillis, Set<Flag> flags) implements Presumed {}

    /// Nothing: the backlog is due again, at the risk of a second send.
    record Nothing() implements Presumed {}
  }
}
