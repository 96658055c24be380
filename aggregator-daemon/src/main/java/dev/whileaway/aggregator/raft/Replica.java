package dev.whileaway.aggregator.raft;

import dev.whileaway.aggregator.log.CommandCodec;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardLimits;
import dev.whileaway.aggregator.shard.ShardMachine;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.ShardView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/// One shard's state on this node: the machine in memory, the database below it, and the lock that
/// keeps those who apply, read and freeze apart.
///
/// Nobody who reads ever waits for the lock: who finds it taken leaves the query to the holder, who
/// runs it before going on. So a read may be asked for on a thread that must not block.
final class Replica implements AutoCloseable {

  /// Where an empty log stands.
  static final TermIndex NOTHING_APPLIED = TermIndex.INITIAL_VALUE;

  /// What replicas of a node have in common.
  ///
  /// @param writer writes snapshots; one thread, so that shards do not compete for the disk
  /// @param snapshotEntries raft entries between two snapshots of a shard
  record Setting(RocksSettings rocks, Executor writer, ShardLimits limits, long snapshotEntries) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Queue<Query<?>> queries = new ConcurrentLinkedQueue<>();
  private final ShardDatabase database;
  private final ColdOverlay cold;
  private final ShardMachine machine;
  private final SnapshotCycle snapshots;
  private final Consumer<TermIndex> purge;
  private volatile TermIndex applied;

  private Replica(ShardDatabase database, Setting setting, Consumer<TermIndex> purge) {
    this.database = database;
    this.purge = purge;
    this.cold = new ColdOverlay(database);
    this.machine = new ShardMachine(setting.limits(), cold);
    this.applied = database.point().orElse(NOTHING_APPLIED);
    this.snapshots =
        new SnapshotCycle(new Freezer(), setting.writer(), setting.snapshotEntries(), applied);
  }

  /// Opens the shard that lies in `folder`, as its last snapshot left it; an empty shard if there
  /// is none.
  ///
  /// @param purge told when the log up to an entry is needed no more
  static Replica open(Setting setting, Path folder, Consumer<TermIndex> purge) throws IOException {
    ShardDatabase database = ShardDatabase.open(setting.rocks(), folder);
    try {
      var replica = new Replica(database, setting, purge);
      replica.load();
      return replica;
    } catch (RuntimeException e) {
      database.close();
      if (e.getCause() instanceof RocksDBException unreadable) {
        throw new BrokenShardException(folder, unreadable);
      }
      throw e;
    }
  }

  private void load() {
    byte @Nullable [] header = database.get(ShardKeys.HEADER);
    if (header == null) {
      return;
    }
    machine.loadHeader(header);
    database.forEachRecord(machine::loadRecord);
  }

  /// Applies one raft entry; the replies are in the order of its commands.
  ///
  /// @throws RuntimeException if a command cannot be applied. That is a bug: other replicas, or
  ///   this one after a restart, would meet it too, so the shard must stop rather than skip it.
  List<ShardReply> apply(TermIndex at, CommandCodec.Batch batch, int entryBytes) {
    lock.lock();
    boolean whole = false;
    try {
      List<ShardReply> replies = new ArrayList<>(batch.commands().size());
      for (ShardCommand command : batch.commands()) {
        replies.add(machine.apply(command, batch.stampedAtMillis()));
      }
      whole = true;
      applied = at;
      snapshots.applied(entryBytes);
      return replies;
    } finally {
      if (!whole) {
        snapshots.stop(); // It would hold a part of the entry, which the next start applies again.
      }
      lock.unlock();
      answerQueries();
    }
  }

  /// An entry that is none of ours was committed: Ratis' own bookkeeping.
  void skip(TermIndex at) {
    locked(() -> applied = at);
  }

  /// Reads the state as of now or later; what `query` throws fails the future. Completes on this
  /// thread, or on the one that holds the lock.
  <T> CompletableFuture<T> read(Function<ShardView, T> query) {
    var pending = new Query<>(query, new CompletableFuture<T>());
    queries.add(pending);
    answerQueries();
    return pending.answer();
  }

  /// Runs what waits, unless another thread holds the lock: then that one will, since it comes here
  /// after it has let go.
  private void answerQueries() {
    while (!queries.isEmpty() && lock.tryLock()) {
      var completions = new ArrayList<Runnable>();
      try {
        for (Query<?> next = queries.poll(); next != null; next = queries.poll()) {
          completions.add(next.run(machine.view()));
        }
      } finally {
        lock.unlock();
      }
      completions.forEach(Runnable::run);
    }
  }

  /// Freezes now, unless that is under way; completes once everything applied so far is durable.
  CompletableFuture<Void> snapshot() {
    var done = new ArrayList<CompletableFuture<Void>>();
    locked(() -> done.add(snapshots.force()));
    return done.getFirst();
  }

  /// Freezes if the shard is quiet and enough log lies behind the last snapshot.
  void look() {
    locked(snapshots::look);
  }

  long stateHash() {
    var hash = new AtomicLong();
    locked(() -> hash.set(machine.stateHash()));
    return hash.get();
  }

  /// The last entry applied.
  TermIndex applied() {
    return applied;
  }

  /// The entry that the last snapshot reaches.
  TermIndex durable() {
    return snapshots.durable();
  }

  private void locked(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
      answerQueries();
    }
  }

  /// Waits for a snapshot that is being written, then closes the database.
  @Override
  public void close() {
    locked(() -> {
      snapshots.stop();
      while (snapshots.writing()) {
        idle.awaitUninterruptibly();
      }
      database.close();
    });
  }

  /// A read that waits for the lock.
  private record Query<T>(Function<ShardView, T> question, CompletableFuture<T> answer) {

    /// Runs it under the lock; what is returned is to be run without it.
    Runnable run(ShardView view) {
      try {
        T found = question.apply(view);
        return () -> answer.complete(found);
      } catch (RuntimeException e) {
        return () -> answer.completeExceptionally(e);
      }
    }
  }

  /// What the snapshot cycle may do to this shard.
  private final class Freezer implements SnapshotCycle.Shard {

    @Override
    public FrozenState freeze() {
      return new FrozenState(applied, machine.cut(), cold.freeze());
    }

    @Override
    public TermIndex applied() {
      return applied;
    }

    @Override
    public void write(SnapshotFile.Content content) throws IOException {
      database.ingest(content);
    }

    @Override
    public void written(SnapshotFile.Content content) {
      content.states().forEach(state -> cold.forget(state.cold()));
    }

    @Override
    public void purge(TermIndex point) {
      purge.accept(point);
    }

    @Override
    public void locked(Runnable work) {
      Replica.this.locked(() -> {
        work.run();
        idle.signalAll();
      });
    }
  }
}
