package dev.whileaway.ops.demo;

import java.io.PrintWriter;
import java.time.Duration;

/// What is shown while the demo runs: one line that changes on a terminal, a line every few seconds
/// otherwise.
final class Progress {

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;
  private long shownAtNanos = System.nanoTime() - BETWEEN_LINES.toNanos();

  Progress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  void show(String line) {
    if (terminal) {
      out.print(CLEAR_LINE + line);
      out.flush();
    } else if (System.nanoTime() - shownAtNanos >= BETWEEN_LINES.toNanos()) {
      shownAtNanos = System.nanoTime();
      out.println(line);
    }
  }

  /// A line that stays.
  void say(String line) {
    out.println(terminal ? CLEAR_LINE + line : line);
  }
}
