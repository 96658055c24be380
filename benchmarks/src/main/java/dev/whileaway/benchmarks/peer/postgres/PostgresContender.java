package dev.whileaway.benchmarks.peer.postgres;

import dev.whileaway.benchmarks.Client;
import dev.whileaway.benchmarks.Contender;
import dev.whileaway.benchmarks.peer.FreePort;
import dev.whileaway.benchmarks.peer.Resource;
import dev.whileaway.benchmarks.process.ChildProcess;
import dev.whileaway.benchmarks.process.ProcessUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// `postgres` with synchronous commits and room for its caches.
public final class PostgresContender implements Contender {

  private static final Duration READY_MAX = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(20);

  /// It refuses to run as root; its Debian package makes this user.
  private static final String USER = "postgres";

  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "synchronous_commit=on",
          "shared_buffers=2GB",
          "max_wal_size=8GB",
          "checkpoint_timeout=15min",
          "jit=off");

  private final Path programs;
  private final InstantSource clock;

  /// @param programs the folder of `postgres` and `initdb`
  public PostgresContender(Path programs, InstantSource clock) {
    this.programs = programs;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public Running start(Path folder) throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    Path log = folder.resolve("postgres.log");
    if (Files.notExists(data)) {
      create(data, log);
    }
    int port = FreePort.find();
    var child = ChildProcess.start(logged(server(data, port), log));
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER;
    var life = new Life(child, url, clock);
    try {
      awaitReady(life, log);
      return life;
    } catch (IOException | InterruptedException e) {
      life.close();
      throw e;
    }
  }

  private void create(Path data, Path log) throws IOException, InterruptedException {
    Files.createDirectory(data);
    if (isRoot()) {
      var users = data.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(data, users.lookupPrincipalByName(USER));
    }
    var initdb =
        List.of(
            programs.resolve("initdb").toString(),
            "-D",
            data.toString(),
            "-U",
            USER,
            "-A",
            "trust");
    int exit = logged(asUser(initdb), log).start().waitFor();
    if (exit != 0) {
      throw new IOException(
          "expected initdb to make a database, but it ended with %d; its log is %s"
              .formatted(exit, log));
    }
  }

  private List<String> server(Path data, int port) {
    var command = new ArrayList<String>();
    command.add(programs.resolve("postgres").toString());
    command.addAll(List.of("-D", data.toString(), "-p", Integer.toString(port)));
    SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
    return asUser(command);
  }

  /// `setpriv` becomes the program: the process that is started is the server.
  private static List<String> asUser(List<String> command) {
    if (!isRoot()) {
      return command;
    }
    var asUser =
        new ArrayList<>(List.of("setpriv", "--reuid", USER, "--regid", USER, "--clear-groups"));
    asUser.addAll(command);
    return asUser;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static ProcessBuilder logged(List<String> command, Path log) {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
  }

  /// While it recovers it refuses connections.
  private static void awaitReady(Life life, Path log) throws IOException, InterruptedException {
    String why = "it ended";
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < READY_MAX.toNanos() && life.process().isAlive()) {
      try (Connection connection = DriverManager.getConnection(life.url());
          var statement = connection.createStatement()) {
        statement.execute(Resource.text(PostgresContender.class, "schema.sql"));
        return;
      } catch (SQLException e) {
        why = e.getMessage();
        Thread.sleep(LOOK);
      }
    }
    throw new IOException("expected postgres to answer, but found: " + why + "; its log is " + log);
  }

  private record Life(ChildProcess child, String url, InstantSource clock) implements Running {

    @Override
    public Client connect(int inFlight) throws IOException {
      return PostgresClient.connect(url, inFlight, clock);
    }

    @Override
    public ProcessHandle process() {
      return child.process().toHandle();
    }

    /// With the buffers that it has touched, which are not all needed.
    @Override
    public long neededBytes() throws IOException {
      return ProcessUse.residentBytes(process());
    }

    @Override
    public void close() {
      child.close();
    }
  }
}
