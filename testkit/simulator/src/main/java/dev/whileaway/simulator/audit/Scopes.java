package dev.whileaway.simulator.audit;

import dev.whileaway.aggregator.shard.ClearScope;
import dev.whileaway.aggregator.shard.UserId;

/// What a clear's scope means, said once more, independently of the shard.
final class Scopes {

  private Scopes() {}

  static boolean covers(ClearScope scope, EventTrace event) {
    boolean type = scope.types().isEmpty() || scope.types().contains(event.order.type());
    boolean sender = scope.sender().isEmpty() || scope.sender().equals(event.order.sender());
    return type && sender && event.seq <= scope.upToSeq();
  }

  static UserId sender(EventTrace event) {
    return new UserId(event.order.sender());
  }
}
