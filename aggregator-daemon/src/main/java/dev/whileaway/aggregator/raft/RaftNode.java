package dev.whileaway.aggregator.raft;

import dev.whileaway.aggregator.log.ShardLog;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.ShardView;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node's shards, and the one Ratis server that they share.
final class RaftNode implements ShardLog {

  private static final Logger LOG = LoggerFactory.getLogger(RaftNode.class);

  /// How long a clean stop waits for the snapshots that make the next start fast.
  private static final long LAST_SNAPSHOTS_SECONDS_MAX = 30;

  /// How often a long start says that it goes on.
  private static final long PROGRESS_SECONDS = 10;

  private final NodeId node;
  private final List<RaftShard> shards;
  private final RaftServer server;
  private final StoreFolder folder;
  private final RocksSettings rocks;
  private final ExecutorService writer;
  private boolean closed;

  RaftNode(
      NodeId node,
      List<RaftShard> shards,
      RaftServer server,
      StoreFolder folder,
      RocksSettings rocks,
      ExecutorService writer) {
    this.node = node;
    this.shards = List.copyOf(shards);
    this.server = server;
    this.folder = folder;
    this.rocks = rocks;
    this.writer = writer;
  }

  /// Returns once every shard takes commands, however long the log is that must be replayed.
  void start() throws IOException, StoreRefusedException {
    Set<RaftGroupId> found = new HashSet<>();
    server.getGroupIds().forEach(found::add);
    refuseLost(found);
    shards.forEach(shard -> shard.attach(server));
    server.start();
    for (RaftShard shard : shards) {
      if (!found.contains(shard.group())) {
        shard.createGroup();
      }
      shard.open();
    }
    for (RaftShard shard : shards) {
      await(shard.board());
    }
    if (folder.fresh()) {
      folder.created();
    }
  }

  /// A complete store has every group; creating one anew would hide that its log is gone.
  private void refuseLost(Set<RaftGroupId> found) throws StoreRefusedException {
    if (folder.fresh()) {
      return;
    }
    for (RaftShard shard : shards) {
      if (!found.contains(shard.group())) {
        throw new StoreRefusedException(
            "%s: expected the raft log of %s in %s, but found none or a broken one; restore the folder from a backup"
                .formatted(
                    folder.path(),
                    shard.board().shard(),
                    folder.raft().resolve(shard.group().getUuid().toString())));
      }
    }
  }

  private static void await(RoleBoard board) throws IOException {
    while (true) {
      try {
        board.settled().get(PROGRESS_SECONDS, TimeUnit.SECONDS);
        return;
      } catch (TimeoutException e) {
        LOG.info("{} is still loading", board.shard());
      } catch (ExecutionException e) {
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

  RaftServer server() {
    return server;
  }

  private RaftShard at(ShardId shard) {
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
    shards.forEach(RaftShard::refuseNew);
    shards.forEach(RaftShard::drain);
    writeLastSnapshots();
    release();
  }

  private void writeLastSnapshots() {
    var all =
        CompletableFuture.allOf(
            shards.stream()
                .filter(shard -> shard.board().role() != Role.FAILED)
                .map(RaftShard::snapshot)
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
    shards.forEach(shard -> shard.machine().stopping());
    try {
      server.close();
    } catch (IOException e) {
      LOG.warn("cannot close the raft server", e);
    }
    writer.shutdown();
    // Ratis closes the state machines itself, except those of groups that never started.
    shards.forEach(shard -> shard.machine().close());
    rocks.close();
    folder.close();
  }
}
