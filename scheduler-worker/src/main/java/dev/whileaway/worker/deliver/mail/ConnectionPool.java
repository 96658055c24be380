package dev.whileaway.worker.deliver.mail;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/// The connections that wait for the next mail, the one used last on top, so that those which a
/// quieter hour does not need grow old and end.
///
/// Nobody asks by NOOP whether a connection lives: that would cost a round trip a mail, and the
/// answer would be old when it comes. One that idled too long is not used again; one that died
/// earlier is found out by MAIL FROM, and replaced.
final class ConnectionPool implements AutoCloseable {

  /// Servers hang up after five minutes (RFC 5321 section 4.5.3.2.7), busy ones sooner.
  private static final Duration IDLE_MAX = Duration.ofSeconds(60);

  private final int mailsPerConnection;
  private final ConcurrentLinkedDeque<SmtpConnection> waiting = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  ConnectionPool(int mailsPerConnection) {
    this.mailsPerConnection = mailsPerConnection;
  }

  Optional<SmtpConnection> take() {
    endOld();
    return Optional.ofNullable(waiting.pollFirst());
  }

  /// Takes back a connection that can be used again.
  void giveBack(SmtpConnection connection) {
    if (closed || connection.mails() >= mailsPerConnection) {
      connection.end();
      return;
    }
    waiting.addFirst(connection);
  }

  @Override
  public void close() {
    closed = true;
    for (var connection = waiting.poll(); connection != null; connection = waiting.poll()) {
      connection.end();
    }
  }

  private void endOld() {
    var oldest = waiting.peekLast();
    while (oldest != null && oldest.idleNanos() > IDLE_MAX.toNanos()) {
      if (waiting.removeLastOccurrence(oldest)) {
        oldest.end();
      }
      oldest = waiting.peekLast();
    }
  }
}
