package dev.whileaway.aggregator.raft;

import dev.whileaway.aggregator.log.ShardLog.ShardId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at a shard's raft log before Ratis does, and tells a torn tail from damage.
///
/// Ratis alone does both wrong. An entry whose length was damaged so that it reaches beyond the end
/// of the file is taken for a torn tail: Ratis drops it, *and all entries after it*, with a
/// warning. An entry that really is torn, in a file that was allocated ahead and so goes on with
/// zeros, is taken for damage: the store could not be opened after a power loss, though nothing
/// acknowledged is missing.
///
/// Torn is the end of the open segment, with no whole entry after it: that was never acknowledged,
/// and is cut off. Everything else is refused. That includes one rare harmless case: of two entries
/// that were written together the disk kept the second, and not the first.
final class LogCheck {

  private static final Logger LOG = LoggerFactory.getLogger(LogCheck.class);

  private LogCheck() {}

  /// @param folder of the log's files; one that is missing is not this check's affair
  /// @throws StoreRefusedException naming shard, file and place, and what to do
  static void check(ShardId shard, Path folder) throws IOException, StoreRefusedException {
    for (LogSegment segment : LogSegment.in(folder)) {
      var found = LogSegmentFile.read(segment.file(), segment.first());
      if (segment.last().isPresent()) {
        checkClosed(shard, segment.file(), found, segment.last().getAsLong());
      } else {
        checkOpen(shard, segment.file(), found);
      }
    }
  }

  private static void checkClosed(ShardId shard, Path segment, LogSegmentFile found, long last)
      throws StoreRefusedException {
    if (!(found.end() instanceof LogSegmentFile.End.Clean)) {
      throw refused(shard, segment, found);
    }
    if (found.nextIndex() != last + 1) {
      throw refused(
          shard,
          segment,
          "expected entries up to %d, but found them end with %d"
              .formatted(last, found.nextIndex() - 1));
    }
  }

  private static void checkOpen(ShardId shard, Path segment, LogSegmentFile found)
      throws IOException, StoreRefusedException {
    switch (found.end()) {
      case LogSegmentFile.End.Clean _ -> {}
      case LogSegmentFile.End.Torn _ -> cut(shard, segment, found);
      case LogSegmentFile.End.Damaged _ -> throw refused(shard, segment, found);
    }
  }

  private static void cut(ShardId shard, Path segment, LogSegmentFile found) throws IOException {
    LOG.warn(
        "{}: the last write to {} was cut short, by a power loss perhaps: dropping entry {} at byte {}, which was never acknowledged",
        shard,
        segment,
        found.nextIndex(),
        found.bytes());
    try (var file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      file.truncate(found.bytes());
      file.force(true);
    }
  }

  private static StoreRefusedException refused(ShardId shard, Path segment, LogSegmentFile found) {
    String what =
        switch (found.end()) {
          case LogSegmentFile.End.Damaged(String detail) -> detail;
          case LogSegmentFile.End.Torn _ -> "expected a whole entry, but found its beginning only";
          case LogSegmentFile.End.Clean _ -> throw new IllegalStateException("nothing to refuse");
        };
    return refused(
        shard,
        segment,
        "entry %d at byte %d: %s".formatted(found.nextIndex(), found.bytes(), what));
  }

  private static StoreRefusedException refused(ShardId shard, Path segment, String what) {
    return new StoreRefusedException(
        "%s: expected the raft log of %s to be whole, but found it damaged (%s); nothing was changed: look at the disk, and restore the whole store from a copy"
            .formatted(segment, shard, what));
  }
}
