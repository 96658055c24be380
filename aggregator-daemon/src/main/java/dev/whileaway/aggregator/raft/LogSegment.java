package dev.whileaway.aggregator.raft;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of a shard's raft log, by the name that Ratis gives it.
///
/// @param first the index of its first entry
/// @param last of its last; empty: the segment is open, that is, written to
record LogSegment(Path file, long first, OptionalLong last) {

  private static final Pattern CLOSED = Pattern.compile("log_(\\d+)-(\\d+)");
  private static final Pattern OPEN = Pattern.compile("log_inprogress_(\\d+)");

  static LogSegment open(Path folder, long first) {
    return new LogSegment(folder.resolve("log_inprogress_" + first), first, OptionalLong.empty());
  }

  /// The name that this segment takes when it is closed.
  LogSegment closed(long lastEntry) {
    return new LogSegment(
        file.resolveSibling("log_%d-%d".formatted(first, lastEntry)),
        first,
        OptionalLong.of(lastEntry));
  }

  /// Those in `folder`, the oldest first; none where there is no folder.
  static List<LogSegment> in(Path folder) throws IOException {
    var found = new ArrayList<LogSegment>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "log_*")) {
        files.forEach(file -> of(file).ifPresent(found::add));
      }
    }
    found.sort(Comparator.comparingLong(LogSegment::first));
    return found;
  }

  private static Optional<LogSegment> of(Path file) {
    String name = file.getFileName().toString();
    Matcher closed = CLOSED.matcher(name);
    if (closed.matches()) {
      long last = Long.parseLong(closed.group(2));
      return Optional.of(
          new LogSegment(file, Long.parseLong(closed.group(1)), OptionalLong.of(last)));
    }
    Matcher open = OPEN.matcher(name);
    return open.matches()
        ? Optional.of(new LogSegment(file, Long.parseLong(open.group(1)), OptionalLong.empty()))
        : Optional.empty();
  }
}
