package dev.whileaway.aggregator.raft;

import dev.whileaway.aggregator.log.ShardLog.Role;
import dev.whileaway.aggregator.log.ShardLog.Status;
import dev.whileaway.aggregator.log.ShardUnavailableException;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.ShardView;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.ratis.server.protocol.TermIndex;

/// Where commands and reads of a shard come in, whatever writes its log.
final class ShardDoor {

  private final RoleBoard board;
  private final GroupCommit commit;
  private final Supplier<Optional<Replica>> replica;
  private volatile boolean closed;

  /// @param replica the shard's state; empty: it is not open (yet, or any more)
  ShardDoor(RoleBoard board, GroupCommit commit, Supplier<Optional<Replica>> replica) {
    this.board = board;
    this.commit = commit;
    this.replica = replica;
  }

  RoleBoard board() {
    return board;
  }

  CompletableFuture<ShardReply> submit(ShardCommand command) {
    if (closed || board.role() != Role.LEADER) {
      return CompletableFuture.failedFuture(refusal());
    }
    return commit.submit(command);
  }

  <T> CompletableFuture<T> read(Function<ShardView, T> query) {
    Optional<Replica> open = replica.get();
    if (board.role() != Role.LEADER || open.isEmpty()) {
      return CompletableFuture.failedFuture(refusal());
    }
    return open.get().read(query);
  }

  CompletableFuture<Void> snapshot() {
    return replica
        .get()
        .map(Replica::snapshot)
        .orElseGet(() -> CompletableFuture.failedFuture(refusal()));
  }

  /// Begins a snapshot if the shard is quiet and it is worth one.
  void look() {
    replica.get().ifPresent(Replica::look);
  }

  /// Why nothing is taken now.
  ShardUnavailableException refusal() {
    return closed ? Refusals.closed(board.shard()) : Refusals.of(board);
  }

  /// Replicas of a shard that have applied the same log have the same.
  long stateHash() {
    return replica.get().orElseThrow().stateHash();
  }

  Status status() {
    TermIndex none = Replica.NOTHING_APPLIED;
    return new Status(
        board.role(),
        board.leader(),
        replica.get().map(Replica::applied).orElse(none).getIndex(),
        replica.get().map(Replica::durable).orElse(none).getIndex());
  }

  /// Takes no more commands; those taken go on.
  void refuseNew() {
    closed = true;
    commit.refuseNew();
  }

  /// Waits for the commands that were taken.
  void drain() {
    commit.close();
  }
}
