package dev.whileaway.aggregator.raft;

import dev.whileaway.aggregator.log.ShardLog.Leader;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import dev.whileaway.aggregator.log.ShardUnavailableException;
import dev.whileaway.aggregator.log.ShardUnavailableException.Kind;
import java.util.Optional;

/// Why a shard does not take a command or answer a read now.
final class Refusals {

  private Refusals() {}

  static ShardUnavailableException of(Kind kind, String message) {
    return new ShardUnavailableException(kind, Optional.empty(), message);
  }

  static ShardUnavailableException closed(ShardId shard) {
    return of(Kind.FAILED, "expected " + shard + " to run, but found it closed");
  }

  /// For a shard that is not led here.
  static ShardUnavailableException of(RoleBoard board) {
    String shard = board.shard().toString();
    return switch (board.role()) {
      case LEADER, STARTING ->
          of(Kind.BUSY, "expected " + shard + " to have a leader, but found it electing");
      case FOLLOWER -> {
        Optional<Leader> leader = board.leader();
        String found = leader.map(each -> each.node().value()).orElse("nobody known");
        yield new ShardUnavailableException(
            Kind.NOT_LEADER,
            leader,
            "expected to lead " + shard + ", but found it led by " + found);
      }
      case FAILED ->
          of(
              Kind.FAILED,
              "expected "
                  + shard
                  + " to run, but found it failed; see the server's log, mend the cause, and restart it");
    };
  }
}
