package dev.whileaway.aggregator.raft;

import dev.whileaway.aggregator.log.ShardLog.Leader;
import dev.whileaway.aggregator.log.ShardLog.Role;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What this node is for one shard, and who is told when that changes.
///
/// [Role#FAILED] is for ever: whatever Ratis says afterwards, only a restart helps.
final class RoleBoard {

  private static final Logger LOG = LoggerFactory.getLogger(RoleBoard.class);

  private record Posted(Role role, Optional<Leader> leader) {}

  private final ShardId shard;
  private final List<BiConsumer<ShardId, Role>> listeners = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  private volatile Posted posted = new Posted(Role.STARTING, Optional.empty());

  RoleBoard(ShardId shard) {
    this.shard = shard;
  }

  ShardId shard() {
    return shard;
  }

  Role role() {
    return posted.role();
  }

  Optional<Leader> leader() {
    return posted.leader();
  }

  void listen(BiConsumer<ShardId, Role> listener) {
    listeners.add(listener);
  }

  /// Completes once the shard has a leader; fails if the shard does.
  CompletableFuture<Void> settled() {
    return settled;
  }

  void starting() {
    post(new Posted(Role.STARTING, Optional.empty()));
  }

  void leading(Leader self) {
    post(new Posted(Role.LEADER, Optional.of(self)));
    settled.complete(null);
  }

  void following(Optional<Leader> leader) {
    post(new Posted(Role.FOLLOWER, leader));
    settled.complete(null);
  }

  /// The shard cannot be opened: who waits for it is told, and nobody else.
  void cannotStart(Throwable cause) {
    settled.completeExceptionally(cause);
  }

  void failed(Throwable cause) {
    if (role() != Role.FAILED) {
      LOG.error(
          "{} failed, and takes nothing any more; what was acknowledged is kept: mend the cause below, such as a full disk or one that fails, then restart",
          shard,
          cause);
    }
    post(new Posted(Role.FAILED, Optional.empty()));
    settled.completeExceptionally(cause);
  }

  private void post(Posted next) {
    Role before;
    synchronized (this) {
      before = posted.role();
      if (before == Role.FAILED) {
        return;
      }
      posted = next;
    }
    if (before != next.role()) {
      listeners.forEach(listener -> tell(listener, next.role()));
    }
  }

  private void tell(BiConsumer<ShardId, Role> listener, Role role) {
    try {
      listener.accept(shard, role);
    } catch (RuntimeException e) {
      LOG.warn("a listener of {} failed at {}", shard, role, e);
    }
  }
}
