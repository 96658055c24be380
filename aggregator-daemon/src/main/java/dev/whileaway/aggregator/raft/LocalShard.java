package dev.whileaway.aggregator.raft;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.whileaway.aggregator.log.CommandCodec;
import dev.whileaway.aggregator.log.ShardLog.Leader;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import dev.whileaway.aggregator.shard.ShardReply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One shard that has no other replica, from the queue of its commands to its state.
///
/// The thread that gathers commands into an entry also writes, forces and applies it, and answers.
final class LocalShard {

  private static final Logger LOG = LoggerFactory.getLogger(LocalShard.class);

  private final Leader self;
  private final Path folder;
  private final Replica.Setting setting;
  private final RoleBoard board;
  private final GroupCommit commit;
  private final LocalLog log;
  private final ShardDoor door;
  private volatile @Nullable Replica replica;
  private boolean released;

  /// @param logFolder where the log's files lie
  /// @param folder where the state does
  LocalShard(
      ShardId shard,
      Leader self,
      Path logFolder,
      Path folder,
      Replica.Setting setting,
      InstantSource clock) {
    this.self = self;
    this.folder = folder;
    this.setting = setting;
    this.board = new RoleBoard(shard);
    this.commit = new GroupCommit(shard.toString(), this::append, clock);
    this.log = new LocalLog(shard, logFolder);
    this.door = new ShardDoor(board, commit, () -> Optional.ofNullable(replica));
  }

  ShardDoor door() {
    return door;
  }

  /// Loads the last snapshot and replays the rest of the log; then commands may come.
  void open() throws IOException, StoreRefusedException {
    Replica opened = Replica.open(setting, folder, this::purge);
    replica = opened;
    log.replay(opened.durable(), entry -> replay(opened, entry));
    commit.start();
    board.leading(self);
  }

  /// A log that Ratis wrote has entries of its own too.
  private static void replay(Replica opened, LogEntryProto entry) {
    TermIndex at = TermIndex.valueOf(entry);
    if (entry.hasStateMachineLogEntry()) {
      var data = entry.getStateMachineLogEntry().getLogData();
      var batch = UnsafeByteOperations.unsafeWrap(data.asReadOnlyByteBuffer());
      var _ = opened.apply(at, CommandCodec.decode(batch), data.size());
    } else {
      opened.skip(at);
    }
  }

  private void append(long callId, ByteString entry, CommandCodec.Batch batch) {
    List<ShardReply> replies;
    try {
      replies = write(entry, batch);
    } catch (IOException | RuntimeException | Error e) {
      failed(e);
      return;
    }
    commit.applied(callId, replies);
  }

  /// Applies the commands themselves, not what they are once decoded: after a restart they must be
  /// the same, which every test of the log watches here.
  private synchronized List<ShardReply> write(ByteString entry, CommandCodec.Batch batch)
      throws IOException {
    assert CommandCodec.decode(entry).equals(batch) : batch;
    TermIndex at = log.append(entry);
    return Objects.requireNonNull(replica, "open").apply(at, batch, entry.size());
  }

  /// What is on the disk now, nobody knows: a second try could acknowledge what is not there.
  private synchronized void failed(Throwable cause) {
    if (!released) {
      board.failed(cause);
    }
    commit.fail();
  }

  private void purge(TermIndex point) {
    try {
      log.purge(point.getIndex());
    } catch (IOException e) {
      LOG.warn("cannot purge the log of {} up to {}", board.shard(), point, e);
    }
  }

  /// Stops without a word to anyone, and lets go of the files.
  void release() {
    Replica open = stop();
    if (open != null) {
      open.close();
    }
  }

  private synchronized @Nullable Replica stop() {
    released = true;
    commit.refuseNew();
    try {
      log.close();
    } catch (IOException e) {
      LOG.warn("cannot close the log of {}", board.shard(), e);
    }
    Replica open = replica;
    replica = null;
    return open;
  }
}
