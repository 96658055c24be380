package dev.whileaway.aggregator.raft;

import com.google.protobuf.UnsafeByteOperations;
import dev.whileaway.aggregator.log.CommandCodec;
import dev.whileaway.aggregator.shard.ShardReply;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.ClientInvocationId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/// What Ratis sees of a shard.
///
/// Entries are applied by one thread of Ratis; it is the shard's thread. What it throws from
/// applying closes the group, and the shard has failed for good: an entry is never skipped.
final class ShardStateMachine extends BaseStateMachine {

  /// Opens the shard's state as its last snapshot left it.
  interface Opening {
    Replica open() throws IOException;
  }

  /// Takes the replies to entries that this process submitted.
  interface Replies {
    /// An entry is durable and applied.
    void applied(ClientInvocationId entry, List<ShardReply> replies);
  }

  /// What becomes of this node's part in the group.
  interface Events {
    void leaderReady();

    void notLeader();

    void leaderIs(RaftPeerId leader);

    void failed(Throwable cause);
  }

  private static final CompletableFuture<Message> EMPTY =
      CompletableFuture.completedFuture(Message.EMPTY);

  private final Opening opening;
  private final Replies replies;
  private final Events events;
  private final Storage storage = new Storage();
  private volatile @Nullable Replica replica;
  private volatile boolean stopping;

  ShardStateMachine(Opening opening, Replies replies, Events events) {
    this.opening = opening;
    this.replies = replies;
    this.events = events;
  }

  /// The shard's state; empty: it is not open (yet, or any more).
  Optional<Replica> replica() {
    return Optional.ofNullable(replica);
  }

  @Override
  public void initialize(RaftServer server, RaftGroupId group, RaftStorage raftStorage)
      throws IOException {
    super.initialize(server, group, raftStorage);
    openReplica();
    // The base class stays in NEW, and then a snapshot sent by a leader is refused.
    getLifeCycle().startAndTransition(() -> {});
  }

  /// Ratis replaces the shard's files while it is paused: nothing may hold them open.
  @Override
  public void pause() {
    getLifeCycle().transition(LifeCycle.State.PAUSING);
    closeReplica();
    getLifeCycle().transition(LifeCycle.State.PAUSED);
  }

  @Override
  public void reinitialize() throws IOException {
    openReplica();
    getLifeCycle().startAndTransition(() -> {});
  }

  private void openReplica() throws IOException {
    Replica opened = opening.open();
    replica = opened;
    setLastAppliedTermIndex(opened.durable());
  }

  private void closeReplica() {
    Replica open = replica;
    replica = null;
    if (open != null) {
      open.close();
    }
  }

  /// The commands are decoded from the entry even where they were just encoded: what is applied is
  /// what lies in the log, on the leader as on every other replica and after a restart.
  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    LogEntryProto entry = transaction.getLogEntry();
    try {
      TermIndex at = TermIndex.valueOf(entry);
      ByteString data = entry.getStateMachineLogEntry().getLogData();
      var batch = CommandCodec.decode(UnsafeByteOperations.unsafeWrap(data.asReadOnlyByteBuffer()));
      List<ShardReply> answers = open().apply(at, batch, data.size());
      updateLastAppliedTermIndex(at);
      replies.applied(ClientInvocationId.valueOf(entry.getStateMachineLogEntry()), answers);
      // The retry cache keeps each reply for a while: what was asked for went another way.
      return EMPTY;
    } catch (RuntimeException | Error e) {
      events.failed(
          new IllegalStateException("cannot apply the log's entry " + entry.getIndex(), e));
      throw e;
    }
  }

  @Override
  public void notifyTermIndexUpdated(long term, long index) {
    super.notifyTermIndexUpdated(term, index);
    open().skip(TermIndex.valueOf(term, index));
  }

  private Replica open() {
    Replica open = replica;
    if (open == null) {
      throw new IllegalStateException(
          "expected an open shard, but found it " + getLifeCycleState());
    }
    return open;
  }

  /// Begins a snapshot, and says how far the last durable one reaches: writing it here would stall
  /// every acknowledgement of the shard.
  @Override
  public long takeSnapshot() {
    Replica open = open();
    var _ = open.snapshot();
    return open.durable().getIndex();
  }

  @Override
  public StateMachineStorage getStateMachineStorage() {
    return storage;
  }

  @Override
  public void notifyLeaderReady() {
    events.leaderReady();
  }

  @Override
  public void notifyNotLeader(Collection<TransactionContext> pending) {
    events.notLeader();
  }

  @Override
  public void notifyLeaderChanged(RaftGroupMemberId member, RaftPeerId leader) {
    events.leaderIs(leader);
  }

  /// After a failed write Ratis fails every later one: this log takes nothing any more.
  @Override
  public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
    events.failed(new IllegalStateException("the raft log cannot be written", cause));
  }

  /// The close that Ratis will now make is wanted.
  void stopping() {
    stopping = true;
  }

  @Override
  public void close() {
    if (!stopping) {
      events.failed(new IllegalStateException("Ratis closed the group by itself"));
    }
    closeReplica();
  }

  /// Tells Ratis how far the snapshot in the database reaches.
  private final class Storage implements StateMachineStorage {

    @Override
    public void init(RaftStorage raftStorage) {}

    @Override
    public void format() {}

    /// There is only ever the newest: the database is one.
    @Override
    public void cleanupOldSnapshots(org.apache.ratis.statemachine.SnapshotRetentionPolicy policy) {}

    @Override
    public @Nullable SnapshotInfo getLatestSnapshot() {
      Replica open = replica;
      if (open == null || open.durable().getIndex() == RaftLog.INVALID_LOG_INDEX) {
        return null;
      }
      // It names no files: a group of one sends its snapshot to nobody. Adding a node must first
      // give a checkpoint of the database here.
      return new ReachedSnapshot(open.durable());
    }
  }

  private record ReachedSnapshot(TermIndex point) implements SnapshotInfo {
    @Override
    public TermIndex getTermIndex() {
      return point;
    }

    @Override
    public List<org.apache.ratis.server.storage.FileInfo> getFiles() {
      return List.of();
    }
  }
}
