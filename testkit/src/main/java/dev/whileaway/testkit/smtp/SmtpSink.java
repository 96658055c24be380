package dev.whileaway.testkit.smtp;

import dev.whileaway.testkit.FakeServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A mail server on 127.0.0.1 that takes every mail and forgets it at once. It does as little as a
/// server can, so that what is measured beside it is its client.
public final class SmtpSink implements FakeServer {

  private final ServerSocket listening;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private SmtpSink(ServerSocket listening) {
    this.listening = listening;
    threads.execute(this::listen);
  }

  /// @param port 0: any free one
  public static SmtpSink start(int port) {
    try {
      return new SmtpSink(new ServerSocket(port, 0, InetAddress.getLoopbackAddress()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int port() {
    return listening.getLocalPort();
  }

  @Override
  public String settings(Path folder) {
    return """
      smtp:
        host: 127.0.0.1
        port: %d
        starttls: off
    """
        .formatted(port());
  }

  @Override
  public String recipient() {
    return "anna@example.com";
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        clients.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        // Closed, or a client that was gone before it was here.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      new SinkConversation(client).run();
    } catch (IOException e) {
      // The client hung up.
    } finally {
      clients.remove(client);
    }
  }

  /// Closes the port and all connections.
  @Override
  public void close() {
    try {
      listening.close();
      for (Socket client : clients) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
