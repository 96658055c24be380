package dev.whileaway.aggregator.log;

import java.time.Duration;
import java.util.Optional;

/// A shard cannot take a command now. Nothing is known to have happened unless `kind` is
/// [Kind#UNKNOWN].
public final class ShardUnavailableException extends Exception {

  private static final long serialVersionUID = 1L;

  /// Why, and what the caller may do.
  public enum Kind {
    /// Another node leads; see [#leader()].
    NOT_LEADER,
    /// No leader yet, or too much is in flight; try again.
    BUSY,
    /// The command may or may not have been applied.
    UNKNOWN,
    /// The log failed or is closed.
    FAILED
  }

  private final Kind kind;
  private final transient Optional<ShardLog.Leader> leader;

  public ShardUnavailableException(Kind kind, Optional<ShardLog.Leader> leader, String message) {
    super(message);
    this.kind = kind;
    this.leader = leader;
  }

  public Kind kind() {
    return kind;
  }

  public Optional<ShardLog.Leader> leader() {
    return leader == null ? Optional.empty() : leader;
  }

  /// How long to wait before another try.
  public Duration retryDelay() {
    return Duration.ofMillis(200);
  }
}
