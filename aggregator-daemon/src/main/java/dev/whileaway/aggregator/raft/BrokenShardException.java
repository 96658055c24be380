package dev.whileaway.aggregator.raft;

import java.io.IOException;
import java.nio.file.Path;

/// A shard's files cannot be opened. It travels through Ratis, as the cause of what Ratis throws.
final class BrokenShardException extends IOException {

  private static final long serialVersionUID = 1L;

  /// @param folder the shard's, named by its number
  BrokenShardException(Path folder, Throwable cause) {
    super(
        "shard %s in %s broken or unreadable (%s)"
            .formatted(folder.getFileName(), folder, cause.getMessage()),
        cause);
  }
}
