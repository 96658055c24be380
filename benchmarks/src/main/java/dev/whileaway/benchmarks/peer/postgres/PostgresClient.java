package dev.whileaway.benchmarks.peer.postgres;

import dev.whileaway.benchmarks.Client;
import dev.whileaway.benchmarks.WorkEvent;
import dev.whileaway.benchmarks.peer.Resource;
import dev.whileaway.benchmarks.peer.Window;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// A database connection for each request in flight: JDBC waits for every answer.
final class PostgresClient implements Client {

  private static final String ADD = Resource.text(PostgresClient.class, "add.sql");
  private static final String PULL = Resource.text(PostgresClient.class, "pull.sql");
  private static final String CONFIRM = Resource.text(PostgresClient.class, "confirm.sql");
  private static final String CLEAR = Resource.text(PostgresClient.class, "clear.sql");
  private static final String WAITING = "SELECT count(*) FROM events WHERE user_id = ?";

  private static final AtomicLong LAST_TOKEN = new AtomicLong();

  private final BlockingQueue<Connection> idle;
  private final List<Connection> all;
  private final ExecutorService threads;
  private final InstantSource clock;

  private PostgresClient(List<Connection> connections, InstantSource clock) {
    this.all = connections;
    this.idle = new ArrayBlockingQueue<>(connections.size(), false, connections);
    this.threads = Executors.newFixedThreadPool(connections.size());
    this.clock = clock;
  }

  static PostgresClient connect(String url, int inFlight, InstantSource clock) throws IOException {
    var connections = new ArrayList<Connection>();
    try {
      for (int i = 0; i < inFlight; i++) {
        connections.add(DriverManager.getConnection(url));
      }
    } catch (SQLException e) {
      throw new IOException("expected a connection to postgres, but found " + e.getMessage(), e);
    }
    return new PostgresClient(connections, clock);
  }

  @Override
  public CompletionStage<Integer> report(List<WorkEvent> events) {
    Window window = Window.now(clock);
    Long[] users = events.stream().map(WorkEvent::recipient).toArray(Long[]::new);
    Long[] dueAt =
        events.stream()
            .map(event -> event.type().urgent() ? window.nowMillis() : window.endMillis())
            .toArray(Long[]::new);
    byte[][] bodies =
        events.stream().map(event -> event.packed(window.nowMillis())).toArray(byte[][]::new);
    return with(
        ADD,
        statement -> {
          statement.setArray(1, bigints(statement, users));
          statement.setArray(2, bigints(statement, dueAt));
          statement.setArray(3, statement.getConnection().createArrayOf("bytea", bodies));
          statement.executeUpdate();
          return events.size();
        });
  }

  /// @param owners the user of each event
  private record Leased(long token, List<Long> owners, List<Long> ids) implements Claims {
    @Override
    public int users() {
      return (int) owners.stream().distinct().count();
    }

    @Override
    public int events() {
      return ids.size();
    }
  }

  @Override
  public CompletionStage<Claims> pull(int limit) {
    Window window = Window.now(clock);
    long token = LAST_TOKEN.incrementAndGet();
    return with(
        PULL,
        statement -> {
          statement.setLong(1, window.leaseEndMillis());
          statement.setLong(2, token);
          statement.setLong(3, window.nowMillis());
          statement.setInt(4, limit);
          var leased = new Leased(token, new ArrayList<>(), new ArrayList<>());
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              leased.owners().add(rows.getLong(1));
              leased.ids().add(rows.getLong(2));
              var _ = rows.getBytes(3);
            }
          }
          return leased;
        });
  }

  @Override
  public CompletionStage<Integer> confirm(Claims claims) {
    var leased = (Leased) claims;
    Long[] users = leased.owners.toArray(Long[]::new);
    Long[] ids = leased.ids.toArray(Long[]::new);
    return with(
        CONFIRM,
        statement -> {
          statement.setArray(1, bigints(statement, users));
          statement.setLong(2, leased.token());
          statement.setArray(3, bigints(statement, users));
          statement.setArray(4, bigints(statement, ids));
          statement.setArray(5, bigints(statement, users));
          statement.setArray(6, bigints(statement, ids));
          statement.setLong(7, Window.now(clock).endMillis());
          return number(statement);
        });
  }

  @Override
  public CompletionStage<Integer> clear(long user) {
    return with(
        CLEAR,
        statement -> {
          statement.setLong(1, user);
          statement.setLong(2, user);
          statement.executeUpdate();
          return 1;
        });
  }

  @Override
  public CompletionStage<Integer> waiting(long user) {
    return with(
        WAITING,
        statement -> {
          statement.setLong(1, user);
          return number(statement);
        });
  }

  private static java.sql.Array bigints(PreparedStatement statement, Long[] values)
      throws SQLException {
    return statement.getConnection().createArrayOf("bigint", values);
  }

  private static int number(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private interface Work<T> {
    T on(PreparedStatement statement) throws SQLException;
  }

  /// The driver keeps what it has prepared, by the text.
  private <T> CompletionStage<T> with(String sql, Work<? extends T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          Connection connection = idle.remove();
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return work.on(statement);
          } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
          } finally {
            idle.add(connection);
          }
        },
        threads);
  }

  @Override
  public void close() {
    threads.close();
    for (Connection connection : all) {
      try {
        connection.close();
      } catch (SQLException e) {
        // The server may have been killed: that is what it is for.
      }
    }
  }
}
