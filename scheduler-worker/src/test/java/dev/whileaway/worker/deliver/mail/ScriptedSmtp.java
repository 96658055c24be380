package dev.whileaway.worker.deliver.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A mail server that is told what to answer at each step, the answers of a step in order; where
/// none is left it agrees. It offers nothing, hangs up after a 421, and remembers what it heard.
final class ScriptedSmtp implements AutoCloseable {

  static final String GREETING = "GREETING";
  static final String DATA = "DATA";
  static final String DOT = "DOT";

  /// In place of an answer.
  static final String HANG_UP = "HANG UP";

  private static final Map<String, String> AGREEING =
      Map.of(GREETING, "220 scripted", DATA, "354 Go on", "QUIT", "221 Bye");

  private final Map<String, Deque<String>> answers = new ConcurrentHashMap<>();
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ServerSocket listening;

  /// The answer to DATA was that the mail may come.
  private boolean taking;

  ScriptedSmtp() {
    try {
      listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::listen);
  }

  /// @param step a verb, or one of the constants
  ScriptedSmtp answering(String step, String... replies) {
    answers.computeIfAbsent(step, _ -> new ConcurrentLinkedDeque<>()).addAll(List.of(replies));
    return this;
  }

  int port() {
    return listening.getLocalPort();
  }

  /// The first words of all lines but those of mails, over all connections, each of which begins
  /// with GREETING.
  List<String> heard() {
    return List.copyOf(heard);
  }

  private void listen() {
    while (!listening.isClosed()) {
      try (Socket client = listening.accept()) {
        converse(client);
      } catch (IOException e) {
        // The client has gone, or the test is over.
      }
    }
  }

  private void converse(Socket client) throws IOException {
    client.setTcpNoDelay(true);
    var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
    boolean goesOn = answer(client, GREETING);
    while (goesOn) {
      String line = lines.readLine();
      goesOn = line != null && answered(client, line, lines);
    }
  }

  private boolean answered(Socket client, String line, BufferedReader lines) throws IOException {
    String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
    boolean goesOn = answer(client, verb);
    if (!goesOn || !verb.equals(DATA) || !taking) {
      return goesOn;
    }
    for (String data = lines.readLine(); !".".equals(data); data = lines.readLine()) {
      if (data == null) {
        return false;
      }
    }
    return answer(client, DOT);
  }

  private boolean answer(Socket client, String step) throws IOException {
    heard.add(step);
    var left = answers.getOrDefault(step, new ConcurrentLinkedDeque<>());
    String answer = left.isEmpty() ? AGREEING.getOrDefault(step, "250 2.0.0 Ok") : left.remove();
    taking = answer.startsWith("354");
    if (answer.equals(HANG_UP)) {
      return false;
    }
    client.getOutputStream().write((answer + "\r\n").getBytes(US_ASCII));
    return !answer.startsWith("421");
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
