package dev.whileaway.worker.deliver.mail.feedback;

import dev.whileaway.worker.deliver.DeliverySettings.Bounces;
import dev.whileaway.worker.deliver.DeliverySettings.Feedback;
import dev.whileaway.worker.deliver.mail.BounceAddresses;
import dev.whileaway.worker.deliver.mail.FullMailboxes;
import dev.whileaway.worker.deliver.mail.Suppressions;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.subethamail.smtp.server.SMTPServer;

/// Takes bounces and complaints by SMTP. It stands behind a mail server of its own choice, which
/// passes on what comes for the bounce addresses: it has no TLS, no spam filter and no queue.
public final class FeedbackServer implements AutoCloseable {

  /// A report has the mail that it speaks of in it, 100 KB at most, and words.
  static final int MESSAGE_BYTES_MAX = 1024 * 1024;

  private static final int CONNECTIONS_MAX = 50;
  private static final int RECIPIENTS_MAX = 50;
  private static final int IDLE_MILLIS_MAX = 60_000;

  private final SMTPServer server;
  private final ExecutorService threads;

  private FeedbackServer(SMTPServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /// @param settings with `feedback`
  /// @throws IOException if the port cannot be opened
  public static FeedbackServer start(
      Bounces settings, Suppressions suppressions, FullMailboxes full) throws IOException {
    var listen = settings.feedback().orElseThrow();
    var inbox =
        new FeedbackInbox(
            new BounceAddresses(settings), listen.complaintAddress(), suppressions, full);
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    var server =
        SMTPServer.port(listen.port())
            .bindAddress(InetAddress.getByName(listen.host()))
            .softwareName("whileaway")
            .hideTLS()
            .executorService(threads)
            // Bounces have no sender.
            .fromAddressValidator(_ -> true)
            .insertReceivedHeaders(false)
            .maxMessageSize(MESSAGE_BYTES_MAX)
            .maxConnections(CONNECTIONS_MAX)
            .maxRecipients(RECIPIENTS_MAX)
            .connectionTimeoutMs(IDLE_MILLIS_MAX)
            .messageHandlerFactory(_ -> new FeedbackSession(inbox))
            .build();
    try {
      server.start();
    } catch (RuntimeException e) {
      threads.shutdownNow();
      throw notOpened(listen, e);
    }
    return new FeedbackServer(server, threads);
  }

  /// The port that was taken.
  public int port() {
    return server.getPortAllocated();
  }

  @Override
  public void close() {
    server.stop();
    threads.shutdownNow();
  }

  private static IOException notOpened(Feedback listen, RuntimeException e) {
    return new IOException(
        "mail.feedback.port: expected a free port, but found %s:%d not to be opened (%s); stop what uses it, or choose another"
            .formatted(listen.host(), listen.port(), e.getMessage()),
        e);
  }
}
