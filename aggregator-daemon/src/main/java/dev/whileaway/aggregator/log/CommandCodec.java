package dev.whileaway.aggregator.log;

import com.google.protobuf.ByteString;
import dev.whileaway.aggregator.shard.ShardCommand;
import java.util.List;

/// Turns a batch of commands into a raft entry and back: [dev.whileaway.internal.v1.LogEntry].
public final class CommandCodec {

  private CommandCodec() {}

  /// A batch as it lies in the log.
  ///
  /// @param stampedAtMillis the leader's clock when the batch was closed
  public record Batch(long stampedAtMillis, List<ShardCommand> commands) {}

  public static ByteString encode(Batch batch) {
    throw new UnsupportedOperationException("stub");
  }

  /// @throws IllegalArgumentException if the entry is of a newer version or broken
  public static Batch decode(ByteString entry) {
    throw new UnsupportedOperationException("stub");
  }
}
