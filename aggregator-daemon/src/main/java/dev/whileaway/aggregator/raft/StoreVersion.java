package dev.whileaway.aggregator.raft;

import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Properties;

/// What a store says of itself in its version file.
///
/// @param format the layout and encoding of everything in the folder
record StoreVersion(int format, int shards, String node, Instant createdAt) {

  /// What this code writes, and the newest it reads.
  static final int FORMAT = 1;

  String text() {
    return """
    # A Whileaway store. Written once, by the process that created it.
    format=%d
    shards=%d
    node=%s
    created=%s
    """
        .formatted(format, shards, node, createdAt);
  }

  /// Empty: this is not a version file.
  static Optional<StoreVersion> parse(String text) {
    var lines = new Properties();
    try {
      lines.load(new StringReader(text));
      return Optional.of(
          new StoreVersion(
              Integer.parseInt(lines.getProperty("format", "")),
              Integer.parseInt(lines.getProperty("shards", "")),
              lines.getProperty("node", ""),
              Instant.parse(lines.getProperty("created", ""))));
    } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
