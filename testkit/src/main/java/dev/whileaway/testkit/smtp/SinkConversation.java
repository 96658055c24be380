package dev.whileaway.testkit.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Locale;

/// One client of the sink, from the greeting to QUIT. Nothing is kept but the line that is being
/// read, and of a mail not even that.
final class SinkConversation {

  private static final int COMMAND_BYTES_MAX = 2_000;

  /// What ends a mail; the line break before it may be that of DATA itself.
  private static final byte[] END = "\r\n.\r\n".getBytes(US_ASCII);

  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[64 * 1024];
  private int next;
  private int filled;

  SinkConversation(Socket client) throws IOException {
    client.setTcpNoDelay(true);
    in = client.getInputStream();
    out = client.getOutputStream();
  }

  void run() throws IOException {
    say("220 sink");
    for (String command = command(); !command.isEmpty(); command = command()) {
      switch (command) {
        case "QUIT" -> {
          say("221 2.0.0 Bye");
          return;
        }
        case "DATA" -> {
          say("354 Go on");
          skipMail();
          say("250 2.0.0 Forgotten");
        }
        default -> say("250 2.0.0 Ok");
      }
    }
  }

  private void say(String answer) throws IOException {
    out.write((answer + "\r\n").getBytes(US_ASCII));
    out.flush();
  }

  /// The first word of a line, in capitals; empty: the client has gone.
  private String command() throws IOException {
    var line = new StringBuilder();
    int octet = read();
    while (octet != '\n' && octet >= 0 && line.length() < COMMAND_BYTES_MAX) {
      line.append((char) octet);
      octet = read();
    }
    return octet < 0 ? "" : line.toString().strip().split(" ", 2)[0].toUpperCase(Locale.ROOT);
  }

  private void skipMail() throws IOException {
    int matched = 2;
    while (matched < END.length) {
      int octet = read();
      if (octet < 0) {
        return;
      }
      if (octet == END[matched]) {
        matched++;
      } else {
        matched = octet == '\r' ? 1 : 0;
      }
    }
  }

  private int read() throws IOException {
    if (next == filled) {
      filled = Math.max(0, in.read(buffer));
      next = 0;
      if (filled == 0) {
        return -1;
      }
    }
    return buffer[next++] & 0xff;
  }
}
