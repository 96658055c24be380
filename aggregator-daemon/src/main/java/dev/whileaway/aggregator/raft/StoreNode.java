package dev.whileaway.aggregator.raft;

import dev.whileaway.aggregator.log.ShardLog;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.ShardView;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node's shards, and what writes their logs.
final class StoreNode implements ShardLog {

  private static final Logger LOG = LoggerFactory.getLogger(StoreNode.class);

  /// How long a clean stop waits for the snapshots that make the next start fast.
  private static final long LAST_SNAPSHOTS_SECONDS_MAX = 30;

  /// Between two looks whether a shard is quiet enough for a snapshot.
  private static final long LOOK_SECONDS = 10;

  /// How often a long start says that it goes on.
  private static final long PROGRESS_SECONDS = 10;

  private final NodeId node;
  private final List<ShardDoor> shards;
  private final LogEngine engine;
  private final StoreFolder folder;
  private final RocksSettings rocks;
  private final ScheduledExecutorService writer;
  private boolean closed;

  StoreNode(
      NodeId node,
      List<ShardDoor> shards,
      LogEngine engine,
      StoreFolder folder,
      RocksSettings rocks,
      ScheduledExecutorService writer) {
    this.node = node;
    this.shards = List.copyOf(shards);
    this.engine = engine;
    this.folder = folder;
    this.rocks = rocks;
    this.writer = writer;
  }

  /// Returns once every shard takes commands, however long the log is that must be replayed.
  void start() throws IOException, StoreRefusedException {
    engine.start();
    for (ShardDoor shard : shards) {
      await(shard.board());
    }
    if (folder.fresh()) {
      folder.created();
    }
    var _ = writer.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /// On the thread that writes snapshots: while it writes one, no shard has time for another.
  void look() {
    for (ShardDoor shard : shards) {
      try {
        shard.look();
      } catch (RuntimeException e) {
        LOG.warn("cannot look whether {} has time for a snapshot", shard.board().shard(), e);
      }
    }
  }

  private static void await(RoleBoard board) throws IOException, StoreRefusedException {
    while (true) {
      try {
        board.settled().get(PROGRESS_SECONDS, TimeUnit.SECONDS);
        return;
      } catch (TimeoutException e) {
        LOG.info("{} is still loading", board.shard());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof StoreRefusedException refused) {
          throw refused;
        }
        throw new IOException(board.shard() + " cannot start", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while " + board.shard() + " was loading");
      }
    }
  }

  @Override
  public int shards() {
    return shards.size();
  }

  @Override
  public NodeId node() {
    return node;
  }

  @Override
  public CompletionStage<ShardReply> submit(ShardId shard, ShardCommand command) {
    return at(shard).submit(command);
  }

  @Override
  public <T> CompletionStage<T> read(ShardId shard, Function<ShardView, T> query) {
    return at(shard).read(query);
  }

  @Override
  public Status status(ShardId shard) {
    return at(shard).status();
  }

  @Override
  public void onRoleChange(BiConsumer<ShardId, Role> listener) {
    shards.forEach(shard -> shard.board().listen(listener));
  }

  @Override
  public CompletionStage<Void> snapshot(ShardId shard) {
    return at(shard).snapshot();
  }

  long stateHash(ShardId shard) {
    return at(shard).stateHash();
  }

  LogEngine engine() {
    return engine;
  }

  private ShardDoor at(ShardId shard) {
    if (shard.value() < 0 || shard.value() >= shards.size()) {
      throw new IllegalArgumentException(
          "expected one of %d shards, but found %s".formatted(shards.size(), shard));
    }
    return shards.get(shard.value());
  }

  /// Finishes what was taken, writes a last snapshot so that the next start has nothing to replay,
  /// and lets go of the folder.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    shards.forEach(ShardDoor::refuseNew);
    shards.forEach(ShardDoor::drain);
    writeLastSnapshots();
    release();
  }

  private void writeLastSnapshots() {
    var all =
        CompletableFuture.allOf(
            shards.stream()
                .filter(shard -> shard.board().role() != Role.FAILED)
                .map(ShardDoor::snapshot)
                .toArray(CompletableFuture<?>[]::new));
    try {
      all.get(LAST_SNAPSHOTS_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("stopping without a last snapshot; the next start replays the log instead", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Stops without a word to anyone: what a crash would do, but for the locks and threads.
  void release() {
    engine.release();
    writer.shutdown();
    rocks.close();
    folder.close();
  }
}
