package dev.whileaway.ops.cli;

import dev.whileaway.testkit.push.FakePushes;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file with a line for each push that a fake provider took: token, tab, id of the digest.
final class ReceivedLines {

  private ReceivedLines() {}

  /// From now on; the last lines are written when this process ends.
  static void write(FakePushes fake, Path file) throws IOException {
    BufferedWriter lines = Files.newBufferedWriter(file);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(lines), "close " + file));
    fake.onPush(push -> append(lines, push.token() + "\t" + push.digestId().orElse("") + "\n"));
  }

  private static void append(BufferedWriter lines, String line) {
    try {
      lines.write(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(BufferedWriter lines) {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
