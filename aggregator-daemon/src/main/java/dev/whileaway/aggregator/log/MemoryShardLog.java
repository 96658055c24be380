package dev.whileaway.aggregator.log;

import dev.whileaway.aggregator.log.ShardUnavailableException.Kind;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardLimits;
import dev.whileaway.aggregator.shard.ShardMachine;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.ShardView;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// The twin of the raft log that forgets everything when it is closed: applies each command at
/// once, in the caller's thread. For tests and replays.
public final class MemoryShardLog implements ShardLog {

  private static final NodeId NODE = new NodeId("memory");

  private final List<Shard> shards;
  private final InstantSource clock;
  private volatile boolean closed;

  public MemoryShardLog(int shards, ShardLimits limits, InstantSource clock) {
    this.shards = IntStream.range(0, shards).mapToObj(_ -> new Shard(limits)).toList();
    this.clock = clock;
  }

  /// A machine and the lock under which it is used.
  private static final class Shard {

    private final ReentrantLock lock = new ReentrantLock();
    private final ShardMachine machine;
    private long applied;

    Shard(ShardLimits limits) {
      machine = new ShardMachine(limits, new MemoryColdRecords());
    }

    <T> T locked(Supplier<T> action) {
      lock.lock();
      try {
        return action.get();
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public int shards() {
    return shards.size();
  }

  @Override
  public CompletionStage<ShardReply> submit(ShardId shard, ShardCommand command) {
    return with(
        shard,
        found -> {
          found.applied++;
          return found.machine.apply(command, clock.millis());
        });
  }

  @Override
  public <T> CompletionStage<T> read(ShardId shard, Function<ShardView, T> query) {
    return with(shard, found -> query.apply(found.machine.view()));
  }

  /// A failure of `action` is a bug of the caller or of the machine: it is thrown, as it is by the
  /// code under test, not hidden in a stage that nobody may look at.
  private <T> CompletionStage<T> with(ShardId shard, Function<Shard, T> action) {
    if (closed) {
      return CompletableFuture.failedStage(
          new ShardUnavailableException(
              Kind.FAILED, Optional.empty(), "expected an open log, but it is closed"));
    }
    Shard found = shards.get(shard.value());
    return CompletableFuture.completedStage(found.locked(() -> action.apply(found)));
  }

  @Override
  public Status status(ShardId shard) {
    Shard found = shards.get(shard.value());
    long applied = found.locked(() -> found.applied);
    return new Status(
        closed ? Role.FAILED : Role.LEADER, Optional.of(new Leader(NODE, "")), applied, 0);
  }

  /// The role never changes.
  @Override
  public void onRoleChange(BiConsumer<ShardId, Role> listener) {}

  /// There is nothing to make durable.
  @Override
  public CompletionStage<Void> snapshot(ShardId shard) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public NodeId node() {
    return NODE;
  }

  @Override
  public void close() {
    closed = true;
  }
}
