package dev.whileaway.aggregator.raft;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.ratis.server.protocol.TermIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides when a shard's state is frozen, has it written by another thread, and knows what is
/// durable.
///
/// One snapshot is written at a time. States whose writing failed are kept and written with the
/// next: they are forgotten only once they are durable. Guarded by the shard's lock, which
/// [Shard#locked] takes.
final class SnapshotCycle {

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotCycle.class);

  /// Log written since the last snapshot, at which the next is due however few its entries are:
  /// bounds the disk, and what a restart must replay.
  static final long LOG_BYTES_MAX = 64L << 20;

  /// Less log is not worth a snapshot before: it would be merged with all that lies in the
  /// database.
  static final long LOG_BYTES_MIN = 8L << 20;

  /// A shard is quiet while no more log than this was written between two looks.
  static final long QUIET_BYTES_MAX = 64L << 10;

  /// After so many looks a shard need not be quiet: what is written lies in memory too, until a
  /// snapshot has it.
  static final int LOOKS_MAX = 6;

  /// What the cycle needs of its shard.
  interface Shard {
    /// Freezes the state at the last applied entry: in constant time, for the lock is held.
    FrozenState freeze();

    TermIndex applied();

    /// Writes frozen states; called without the lock.
    void write(SnapshotFile.Content content) throws IOException;

    /// The states lie in the database.
    void written(SnapshotFile.Content content);

    /// The log up to `point` is needed no more; called without the lock.
    void purge(TermIndex point);

    void locked(Runnable work);
  }

  /// Whoever waits until `index` is durable.
  private record Waiter(long index, CompletableFuture<Void> done) {}

  private final Shard shard;
  private final Executor writer;
  private final long entriesMax;
  private final List<FrozenState> unwritten = new ArrayList<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private volatile TermIndex durable;
  private boolean writing;
  private boolean stopped;
  private long entries;
  private long bytes;
  private long bytesAtLook;
  private int looks;

  SnapshotCycle(Shard shard, Executor writer, long entriesMax, TermIndex durable) {
    this.shard = shard;
    this.writer = writer;
    this.entriesMax = entriesMax;
    this.durable = durable;
  }

  /// The entry that the last snapshot reaches. Needs no lock.
  TermIndex durable() {
    return durable;
  }

  /// One more entry was applied.
  void applied(int entryBytes) {
    entries++;
    bytes += entryBytes;
    if (due() && !writing && !stopped) {
      begin();
    }
  }

  /// Looks, every few seconds, whether the shard has time for a snapshot, or has had none for long:
  /// what is in it, a start after a crash need not replay.
  void look() {
    looks++;
    boolean quiet = bytes - bytesAtLook <= QUIET_BYTES_MAX;
    bytesAtLook = bytes;
    if (bytes >= LOG_BYTES_MIN && (quiet || looks >= LOOKS_MAX) && !writing && !stopped) {
      begin();
    }
  }

  /// Completes once everything applied so far is durable as a snapshot.
  CompletableFuture<Void> force() {
    long index = shard.applied().getIndex();
    if (stopped) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("the shard is closed, or has failed"));
    }
    if (index <= durable.getIndex()) {
      return CompletableFuture.completedFuture(null);
    }
    var waiter = new Waiter(index, new CompletableFuture<>());
    waiters.add(waiter);
    if (!writing) {
      begin();
    }
    return waiter.done();
  }

  /// Begins no more snapshots.
  void stop() {
    stopped = true;
  }

  boolean writing() {
    return writing;
  }

  private boolean due() {
    return entries >= entriesMax || bytes >= LOG_BYTES_MAX;
  }

  private void begin() {
    writing = true;
    entries = 0;
    bytes = 0;
    bytesAtLook = 0;
    looks = 0;
    unwritten.add(shard.freeze());
    var content = new SnapshotFile.Content(List.copyOf(unwritten));
    writer.execute(() -> write(content));
  }

  private void write(SnapshotFile.Content content) {
    try {
      shard.write(content);
    } catch (IOException | RuntimeException | Error e) {
      // Whatever it was: a cycle that believes it is writing would never freeze again.
      LOG.warn("cannot write a snapshot at {}; it will be part of the next", at(content), e);
      underLock(this::failed).forEach(waiter -> waiter.done().completeExceptionally(e));
      return;
    }
    // Purging and answering need no lock; what those who waited do next is their own affair.
    List<Waiter> satisfied = underLock(() -> written(content));
    shard.purge(at(content));
    satisfied.forEach(waiter -> waiter.done().complete(null));
  }

  private List<Waiter> underLock(Supplier<List<Waiter>> work) {
    var waiters = new ArrayList<Waiter>();
    shard.locked(() -> waiters.addAll(work.get()));
    return waiters;
  }

  private static TermIndex at(SnapshotFile.Content content) {
    return content.newest().at();
  }

  private List<Waiter> failed() {
    writing = false;
    List<Waiter> disappointed = List.copyOf(waiters);
    waiters.clear();
    return disappointed;
  }

  private List<Waiter> written(SnapshotFile.Content content) {
    writing = false;
    unwritten.clear();
    durable = at(content);
    shard.written(content);
    List<Waiter> satisfied =
        waiters.stream().filter(waiter -> waiter.index() <= durable.getIndex()).toList();
    waiters.removeAll(satisfied);
    if (!stopped && (!waiters.isEmpty() || due())) {
      begin();
    }
    return satisfied;
  }
}
