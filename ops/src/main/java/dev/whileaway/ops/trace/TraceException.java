package dev.whileaway.ops.trace;

import java.io.IOException;

/// A trace is malformed. The message begins with the number of the line.
public final class TraceException extends IOException {

  TraceException(long line, String problem) {
    super("line " + line + ": " + problem);
  }
}
