package dev.whileaway.aggregator.suppression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// A file of lines that is only ever appended to; each line is on the disk before it counts. Used
/// by one thread at a time.
///
/// What a crash left of a last line without its end was never acknowledged, and is cut off. A whole
/// line that is damaged stops the start: to go on without it could mail somebody who complained.
final class SuppressionFile implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;
  private boolean failed;

  private SuppressionFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /// The lines of a file, oldest first; none if there is no file.
  ///
  /// @throws IOException if it cannot be read, or a line is damaged
  static List<SuppressionLine> read(Path path) throws IOException {
    if (!Files.exists(path)) {
      return List.of();
    }
    var lines = new ArrayList<SuppressionLine>();
    for (var text : whole(Files.readAllBytes(path)).lines().toList()) {
      int number = lines.size() + 1;
      lines.add(
          SuppressionLine.parse(text)
              .orElseThrow(() ->
                  new IOException(
                      "%s:%d: expected a line with its checksum, but found damage; restore the file from a copy, or delete the line if you know that it may be"
                          .formatted(path, number))));
    }
    return lines;
  }

  /// Replaces the file by these lines, whole or not at all, and opens it.
  static SuppressionFile write(Path path, List<SuppressionLine> lines) throws IOException {
    var partial = path.resolveSibling(path.getFileName() + ".new");
    try (var channel = FileChannel.open(partial, CREATE, WRITE, TRUNCATE_EXISTING)) {
      var text = new StringBuilder();
      lines.forEach(line -> text.append(line.text()).append('\n'));
      writeAll(channel, text.toString());
      channel.force(true);
    }
    Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (var folder = FileChannel.open(path.toAbsolutePath().getParent(), READ)) {
      folder.force(true);
    }
    return open(path);
  }

  /// Opens a file that was read, and cuts off what is no line.
  static SuppressionFile open(Path path) throws IOException {
    long whole = whole(Files.readAllBytes(path)).getBytes(UTF_8).length;
    var channel = FileChannel.open(path, WRITE);
    channel.truncate(whole).position(whole);
    return new SuppressionFile(path, channel);
  }

  /// Returns once the line is on the disk. After a failure nobody knows what is: then nothing is
  /// written any more until the next start reads the file.
  void append(SuppressionLine line) throws IOException {
    if (failed) {
      throw new IOException(path + ": expected to write, but an earlier write failed; restart");
    }
    try {
      writeAll(channel, line.text() + "\n");
      channel.force(false);
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static String whole(byte[] content) {
    int end = content.length;
    while (end > 0 && content[end - 1] != '\n') {
      end--;
    }
    return new String(content, 0, end, UTF_8);
  }

  private static void writeAll(FileChannel channel, String text) throws IOException {
    var bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
