package dev.whileaway.aggregator.raft;

import com.google.protobuf.ByteString;
import dev.whileaway.aggregator.log.CommandCodec;
import dev.whileaway.aggregator.log.ShardUnavailableException;
import dev.whileaway.aggregator.log.ShardUnavailableException.Kind;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardReply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Makes few raft entries out of many commands of one shard.
///
/// What arrives while the last entry is being written goes into the next. A thread of its own
/// encodes and submits: neither a caller, which may be an event loop, nor the thread that applies
/// shall wait for the log's locks.
///
/// Replies come back by [#applied], on the thread that applies, after the fsync. Only this process
/// waits for them; an entry that is replayed after a restart finds nobody here.
final class GroupCommit implements AutoCloseable {

  /// Commands that wait for the next entry; beyond it the shard is busy.
  static final int WAITING_MAX = 4096;

  /// Commands in one entry.
  static final int ENTRY_COMMANDS_MAX = 256;

  /// Bytes that an entry of more than one command may have.
  static final int ENTRY_BYTES_TARGET = 1024 * 1024;

  /// Entries submitted and not applied yet. A second one would leave while the first is forced to
  /// the disk, with half of the commands: each entry costs a force (and five switches of threads,
  /// where Ratis writes it), which is more than is won by encoding meanwhile. Other shards use the
  /// time.
  static final int IN_FLIGHT_MAX = 1;

  /// What Ratis adds to an entry's bytes: term, index, client and call id, with room to spare.
  private static final int ENTRY_OVERHEAD_BYTES = 1024;

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(30);

  /// The log, as this class sees it.
  interface Log {
    /// Appends an entry. What becomes of it is told by [GroupCommit#applied] or
    /// [GroupCommit#refused], on any thread, also before this returns.
    ///
    /// @param batch what the entry says
    void append(long callId, ByteString entry, CommandCodec.Batch batch);
  }

  private record Waiting(ShardCommand command, CompletableFuture<ShardReply> reply) {}

  private final Log log;
  private final InstantSource clock;
  private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final Map<Long, List<Waiting>> inFlight = new ConcurrentHashMap<>();
  private final Semaphore slots = new Semaphore(IN_FLIGHT_MAX);
  private final AtomicLong lastCallId = new AtomicLong();
  private final Thread sender;
  private volatile boolean closing;
  private volatile boolean ended;

  GroupCommit(String name, Log log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
    this.sender = Thread.ofPlatform().name(name + "-commit").daemon().unstarted(this::run);
  }

  void start() {
    sender.start();
  }

  /// Takes a command, or refuses it at once if too many wait. Never blocks.
  CompletableFuture<ShardReply> submit(ShardCommand command) {
    if (closing) {
      return CompletableFuture.failedFuture(closed());
    }
    var entry = new Waiting(command, new CompletableFuture<>());
    if (!waiting.offer(entry)) {
      return CompletableFuture.failedFuture(
          Refusals.of(
              Kind.BUSY,
              "expected fewer than %d waiting commands, but found the queue full"
                  .formatted(WAITING_MAX)));
    }
    if (ended) {
      // The sender may have looked for the last time before the offer.
      abandon();
    }
    return entry.reply();
  }

  private void run() {
    try {
      while (!closing || !waiting.isEmpty()) {
        slots.acquire();
        List<Waiting> batch = take();
        if (batch.isEmpty()) {
          slots.release();
        } else {
          send(batch);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended = true;
      abandon();
    }
  }

  /// Empty after a while in which nothing came, so that the end is noticed.
  private List<Waiting> take() throws InterruptedException {
    Waiting first = waiting.poll(100, TimeUnit.MILLISECONDS);
    if (first == null) {
      return List.of();
    }
    List<Waiting> batch = new ArrayList<>();
    batch.add(first);
    waiting.drainTo(batch, ENTRY_COMMANDS_MAX - 1);
    return batch;
  }

  /// The caller has acquired the slot of the (first) entry.
  private void send(List<Waiting> batch) throws InterruptedException {
    var commands =
        new CommandCodec.Batch(clock.millis(), batch.stream().map(Waiting::command).toList());
    ByteString entry;
    try {
      entry = CommandCodec.encode(commands);
    } catch (RuntimeException | Error e) {
      // Those who wait must hear of it, and this thread must live on for the others.
      slots.release();
      batch.forEach(each -> each.reply().completeExceptionally(e));
      return;
    }
    if (entry.size() > ENTRY_BYTES_TARGET && batch.size() > 1) {
      int half = batch.size() / 2;
      send(batch.subList(0, half));
      slots.acquire();
      send(batch.subList(half, batch.size()));
      return;
    }
    if (entry.size() > RatisProperties.ENTRY_BYTES_MAX - ENTRY_OVERHEAD_BYTES) {
      slots.release();
      batch.getFirst().reply().completeExceptionally(tooLarge(entry.size()));
      return;
    }
    append(batch, entry, commands);
  }

  private static IllegalArgumentException tooLarge(int bytes) {
    return new IllegalArgumentException(
        "expected a command of at most %d bytes, but found one of %d"
            .formatted(RatisProperties.ENTRY_BYTES_MAX - ENTRY_OVERHEAD_BYTES, bytes));
  }

  private void append(List<Waiting> batch, ByteString entry, CommandCodec.Batch commands) {
    long callId = lastCallId.incrementAndGet();
    // First the table, then the log: the entry may be applied before append returns.
    inFlight.put(callId, batch);
    log.append(callId, entry, commands);
  }

  /// An entry of this process is durable and applied. Completes the futures of its commands here;
  /// only then is its slot free, so that what they lead to goes into one next entry.
  void applied(long callId, List<ShardReply> replies) {
    List<Waiting> batch = inFlight.remove(callId);
    if (batch == null) {
      // Its outcome was given as unknown before.
      return;
    }
    if (batch.size() != replies.size()) {
      throw new IllegalStateException(
          "expected %d replies, but found %d".formatted(batch.size(), replies.size()));
    }
    for (int i = 0; i < replies.size(); i++) {
      batch.get(i).reply().complete(replies.get(i));
    }
    slots.release();
  }

  /// An entry will not be heard of again.
  void refused(long callId, ShardUnavailableException why) {
    List<Waiting> batch = inFlight.remove(callId);
    if (batch != null) {
      batch.forEach(each -> each.reply().completeExceptionally(why));
      slots.release();
    }
  }

  /// The log has failed: nothing that waits will be answered.
  void fail() {
    closing = true;
    List.copyOf(inFlight.keySet())
        .forEach(callId -> refused(callId, Refusals.of(Kind.UNKNOWN, "the shard failed")));
    abandon();
  }

  private void abandon() {
    for (Waiting each = waiting.poll(); each != null; each = waiting.poll()) {
      each.reply().completeExceptionally(closed());
    }
  }

  private static ShardUnavailableException closed() {
    return Refusals.of(Kind.FAILED, "the shard is closed");
  }

  /// Takes no more commands; those taken go on.
  void refuseNew() {
    closing = true;
  }

  /// Takes no more commands, and waits for those it has taken.
  @Override
  public void close() {
    refuseNew();
    try {
      sender.join(CLOSE_WAIT);
      if (slots.tryAcquire(IN_FLIGHT_MAX, CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        slots.release(IN_FLIGHT_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List.copyOf(inFlight.keySet())
        .forEach(callId -> refused(callId, Refusals.of(Kind.UNKNOWN, "the shard is closed")));
  }
}
