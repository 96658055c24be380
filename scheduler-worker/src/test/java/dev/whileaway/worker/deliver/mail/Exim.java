package dev.whileaway.worker.deliver.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real mail server, Exim, in a process and a folder of its own: it keeps one mailbox for
/// `example.org`, brings what comes for `mail.example.org` to our inbox for feedback, and takes
/// everything else to another server. It needs root, as mail servers do.
final class Exim implements AutoCloseable {

  private static final String CONFIGURATION =
      """
      primary_hostname = mta.example.org
      qualify_domain = example.org
      exim_path = %1$s
      exim_user = nobody
      exim_group = nogroup
      deliver_drop_privilege
      keep_environment =
      local_interfaces = 127.0.0.1
      tls_advertise_hosts =
      host_lookup =
      rfc1413_query_timeout = 0s
      spool_directory = %2$s/spool
      log_file_path = %2$s/%%s.log
      pid_file_path = %2$s/pid
      acl_smtp_rcpt = take

      begin acl
      take:
        accept
          control = dkim_disable_verify

      begin routers
      mailboxes:
        driver = accept
        domains = example.org
        transport = mailbox
      feedback:
        driver = manualroute
        domains = mail.example.org
        route_list = * 127.0.0.1
        self = send
        transport = to_feedback
      elsewhere:
        driver = manualroute
        route_list = * 127.0.0.1
        self = send
        transport = to_elsewhere

      begin transports
      mailbox:
        driver = appendfile
        maildir_format
        create_directory
        return_path_add
        directory = %2$s/mail
      to_feedback:
        driver = smtp
        port = %3$d
        allow_localhost
        hosts_avoid_tls = *
      to_elsewhere:
        driver = smtp
        port = %4$d
        allow_localhost
        hosts_avoid_tls = *

      begin retry
      * * F,1h,1m
      """;

  private final Path folder;
  private final int port;
  private final Process process;

  private Exim(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /// One that runs here; empty: there is none, or it lacks what it needs.
  static Optional<Path> program() {
    return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
        .map(folder -> Path.of(folder, "exim4"))
        .filter(Files::isExecutable)
        .filter(_ -> "root".equals(System.getProperty("user.name")))
        .findFirst();
  }

  /// Returns once it listens.
  static Exim start(Path program, Path folder, int feedbackPort, int elsewherePort)
      throws Exception {
    var configuration =
        Files.writeString(
            folder.resolve("exim.conf"),
            CONFIGURATION.formatted(program, folder, feedbackPort, elsewherePort));
    Files.setOwner(
        folder,
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    int port = freePort();
    var process =
        new ProcessBuilder(
                program.toString(),
                "-C",
                configuration.toString(),
                "-bdf",
                "-oX",
                "127.0.0.1." + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile())
            .start();
    var exim = new Exim(folder, port, process);
    exim.awaitGreeting();
    return exim;
  }

  int port() {
    return port;
  }

  /// What is in the mailbox, with the line ends of mails.
  List<String> mails() {
    var delivered = folder.resolve("mail").resolve("new");
    if (!Files.isDirectory(delivered)) {
      return List.of();
    }
    try (var files = Files.list(delivered)) {
      return files.map(Exim::read).map(mail -> mail.replace("\n", "\r\n")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How many mails were brought to such recipients.
  ///
  /// @param recipient its beginning
  long brought(String recipient) {
    var log = folder.resolve("main.log");
    return Files.exists(log)
        ? read(log).lines().filter(line -> line.contains(" => " + recipient)).count()
        : 0;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitGreeting() throws Exception {
    while (process.isAlive()) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.getInputStream().read() == '2') {
          return;
        }
      } catch (IOException e) {
        process.waitFor(100, TimeUnit.MILLISECONDS);
      }
    }
    throw new IllegalStateException(
        "expected Exim to listen, but found that it ended: " + read(folder.resolve("said")));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    Stream.concat(process.descendants(), Stream.of(process.toHandle()))
        .toList()
        .forEach(one -> {
          one.destroyForcibly();
          one.onExit().join();
        });
  }
}
