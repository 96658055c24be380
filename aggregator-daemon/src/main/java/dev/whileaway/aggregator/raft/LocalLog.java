package dev.whileaway.aggregator.raft;

import com.google.protobuf.ByteString;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto.Type;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.LogProtoUtils;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;

/// The raft log of a shard that has one replica, written by the thread that has something to say.
///
/// Where nobody else must agree, an entry is committed once it is forced to the disk. The files are
/// those of Ratis, byte for byte: either goes on where the other stopped.
///
/// First [#replay], then [#append], by one thread; any may [#purge]. After a failed append nobody
/// knows what is on the disk: the log must not be used any more, and the next start looks what is
/// there.
final class LocalLog implements AutoCloseable {

  /// A segment that has grown beyond it is closed: purging removes whole closed segments.
  static final long SEGMENT_BYTES_MAX = 8L << 20;

  /// Ratis asks each entry who sent it.
  private static final ClientId CLIENT = ClientId.randomId();

  private final ShardId shard;
  private final Path folder;
  private final Deque<LogSegment> closed = new ArrayDeque<>();
  private @Nullable LogSegmentWriter open;
  private long term = 1;
  private long next;

  /// @param folder of the log's files, as [LogCheck] left them
  LocalLog(ShardId shard, Path folder) {
    this.shard = shard;
    this.folder = folder;
  }

  /// Hands over every entry after `from`, in order, and begins a new segment behind the last.
  ///
  /// @throws StoreRefusedException if entries are missing
  synchronized void replay(TermIndex from, Consumer<LogEntryProto> visitor)
      throws IOException, StoreRefusedException {
    term = Math.max(term, from.getTerm());
    next = from.getIndex() + 1;
    for (LogSegment segment : LogSegment.in(folder)) {
      if (segment.first() > next) {
        throw missing(segment);
      }
      long end = replay(segment, visitor);
      if (end == segment.first()) {
        Files.delete(segment.file());
      } else {
        closed.add(segment.last().isPresent() ? segment : rename(segment, end - 1));
      }
    }
    open = begin();
    purge(from.getIndex());
  }

  /// @return the index behind the segment's last entry
  private long replay(LogSegment segment, Consumer<LogEntryProto> visitor) throws IOException {
    var found =
        LogSegmentFile.read(
            segment.file(),
            segment.first(),
            (_, entry) -> {
              if (entry.getIndex() >= next) {
                next = entry.getIndex() + 1;
                term = Math.max(term, entry.getTerm());
                visitor.accept(entry);
              }
            });
    return found.nextIndex();
  }

  private StoreRefusedException missing(LogSegment segment) {
    return new StoreRefusedException(
        "%s: expected the raft log of %s to go on with entry %d, but found %s; nothing was changed: restore the whole store from a copy"
            .formatted(folder, shard, next, segment.file().getFileName()));
  }

  /// Appends an entry; when this returns, it is durable.
  synchronized TermIndex append(ByteString data) throws IOException {
    if (open == null) {
      throw new IOException("expected an open log, but found that of " + shard + " closed");
    }
    LogEntryProto entry = entry(data);
    if (open.written() + LogSegmentWriter.framed(entry) > SEGMENT_BYTES_MAX && hasEntries(open)) {
      open = roll(open);
    }
    open.write(entry);
    open.force();
    next++;
    return TermIndex.valueOf(entry);
  }

  private LogEntryProto entry(ByteString data) {
    var bytes = UnsafeByteOperations.unsafeWrap(data.asReadOnlyByteBuffer());
    return LogProtoUtils.toLogEntryProto(
        LogProtoUtils.toStateMachineLogEntryProto(CLIENT, next, Type.WRITE, bytes, null),
        term,
        next);
  }

  private boolean hasEntries(LogSegmentWriter writer) {
    return next > writer.segment().first();
  }

  private LogSegmentWriter roll(LogSegmentWriter full) throws IOException {
    try (full) {
      full.trim();
      closed.add(rename(full.segment(), next - 1));
    }
    return begin();
  }

  private static LogSegment rename(LogSegment segment, long last) throws IOException {
    LogSegment renamed = segment.closed(last);
    Files.move(segment.file(), renamed.file(), StandardCopyOption.ATOMIC_MOVE);
    return renamed;
  }

  private LogSegmentWriter begin() throws IOException {
    LogSegmentWriter begun = LogSegmentWriter.create(LogSegment.open(folder, next));
    StoreFolder.force(folder);
    return begun;
  }

  /// Deletes the segments of which every entry is up to `index`. Who appends need not wait for the
  /// disk to do so.
  void purge(long index) throws IOException {
    for (LogSegment segment : takeClosed(index)) {
      Files.delete(segment.file());
    }
  }

  private synchronized List<LogSegment> takeClosed(long index) {
    var taken = new ArrayList<LogSegment>();
    while (!closed.isEmpty() && closed.getFirst().last().orElseThrow() <= index) {
      taken.add(closed.removeFirst());
    }
    return taken;
  }

  @Override
  public synchronized void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
