package dev.whileaway.aggregator.log;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.internal.v1.LogEntry;
import java.util.List;

/// Turns a batch of commands into a raft entry and back: [dev.whileaway.internal.v1.LogEntry].
public final class CommandCodec {

  /// The rules by which this version decides. It grows when an old entry would be decided
  /// otherwise; the old rules stay for as long as there may be entries of theirs to replay. How a
  /// state lies in its snapshot is another matter, which the snapshot's form tells.
  static final int LOGIC_VERSION = 1;

  private CommandCodec() {}

  /// A batch as it lies in the log.
  ///
  /// @param stampedAtMillis the leader's clock when the batch was closed
  public record Batch(long stampedAtMillis, List<ShardCommand> commands) {}

  public static ByteString encode(Batch batch) {
    var entry =
        LogEntry.newBuilder()
            .setLogicVersion(LOGIC_VERSION)
            .setStampedAtMillis(batch.stampedAtMillis());
    batch.commands().forEach(command -> entry.addCommands(CommandWriter.write(command)));
    return entry.build().toByteString();
  }

  /// @throws IllegalArgumentException if the entry is of a newer version or broken
  public static Batch decode(ByteString bytes) {
    LogEntry entry = parse(bytes);
    if (entry.getLogicVersion() < 1 || entry.getLogicVersion() > LOGIC_VERSION) {
      throw new IllegalArgumentException(
          "expected a log entry of logic version 1 to %d, but found version %d"
              .formatted(LOGIC_VERSION, entry.getLogicVersion()));
    }
    return new Batch(
        entry.getStampedAtMillis(),
        entry.getCommandsList().stream().map(CommandReader::read).toList());
  }

  private static LogEntry parse(ByteString bytes) {
    try {
      return LogEntry.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("expected a log entry, but found broken bytes", e);
    }
  }
}
