package dev.whileaway.benchmarks.peer.postgres;

import dev.whileaway.benchmarks.Client;
import dev.whileaway.benchmarks.Contender;
import dev.whileaway.benchmarks.peer.FreePort;
import dev.whileaway.benchmarks.peer.Ready;
import dev.whileaway.benchmarks.peer.Resource;
import dev.whileaway.benchmarks.process.ChildProcess;
import dev.whileaway.benchmarks.process.ProcessUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `postgres` with synchronous commits and room for its caches.
public final class PostgresContender implements Contender {

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
      Ready.await("postgres", life.process(), log, () -> refusal(url));
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

  private static Optional<String> refusal(String url) {
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(Resource.text(PostgresContender.class, "schema.sql"));
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
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

    @Override
    public void snapshot() throws IOException {
      try (Connection connection = DriverManager.getConnection(url);
          var statement = connection.createStatement()) {
        statement.execute("CHECKPOINT");
      } catch (SQLException e) {
        throw new IOException("expected a checkpoint, but found " + e.getMessage(), e);
      }
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
