package dev.whileaway.benchmarks.peer.redis;

import dev.whileaway.benchmarks.Client;
import dev.whileaway.benchmarks.Contender;
import dev.whileaway.benchmarks.peer.FreePort;
import dev.whileaway.benchmarks.peer.Ready;
import dev.whileaway.benchmarks.process.ChildProcess;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// `redis-server` with an append-only file, fsynced before each answer.
public final class RedisContender implements Contender {

  /// Between two looks at whether it is done.
  private static final Duration LOOK = Duration.ofMillis(10);

  private final Path server;
  private final InstantSource clock;

  /// @param server the program `redis-server`
  public RedisContender(Path server, InstantSource clock) {
    this.server = server;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "p2";
  }

  @Override
  public Running start(Path folder) throws IOException, InterruptedException {
    int port = FreePort.find();
    Path log = folder.resolve("redis.log");
    var command = new ProcessBuilder(command(folder, port)).redirectErrorStream(true);
    var child = ChildProcess.start(command.redirectOutput(log.toFile()));
    var redis = RedisClient.create(RedisURI.create("127.0.0.1", port));
    // A connection that breaks is a failure, or the kill that was meant.
    redis.setOptions(ClientOptions.builder().autoReconnect(false).build());
    var life = new Life(child, redis, clock);
    try {
      Ready.await("redis-server", life.process(), log, () -> refusal(redis));
      return life;
    } catch (IOException | InterruptedException | RuntimeException e) {
      life.close();
      throw e;
    }
  }

  private List<String> command(Path folder, int port) {
    return List.of(
        server.toString(),
        "--bind",
        "127.0.0.1",
        "--port",
        Integer.toString(port),
        "--dir",
        folder.toString(),
        "--save",
        "",
        "--appendonly",
        "yes",
        "--appendfsync",
        "always");
  }

  private static Optional<String> refusal(RedisClient redis) {
    try (var connection = redis.connect()) {
      var _ = connection.sync().get("ready?");
      return Optional.empty();
    } catch (RedisException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private record Life(ChildProcess child, RedisClient redis, InstantSource clock)
      implements Running {

    @Override
    public Client connect(int inFlight) {
      return RedisScripts.on(redis, clock);
    }

    @Override
    public ProcessHandle process() {
      return child.process().toHandle();
    }

    /// Its append-only file written anew, by a fork.
    @Override
    public void snapshot() throws IOException, InterruptedException {
      try (var connection = redis.connect()) {
        var _ = connection.sync().bgrewriteaof();
        do {
          Thread.sleep(LOOK);
        } while (info(connection.sync(), "persistence", "aof_rewrite_in_progress") == 1);
      }
    }

    @Override
    public long neededBytes() throws IOException {
      try (var connection = redis.connect()) {
        return info(connection.sync(), "memory", "used_memory");
      }
    }

    private static long info(RedisCommands<String, String> redis, String section, String name)
        throws IOException {
      return redis
          .info(section)
          .lines()
          .filter(line -> line.startsWith(name + ":"))
          .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
          .findFirst()
          .orElseThrow(
              () -> new IOException("expected %s of Redis, but found none".formatted(name)));
    }

    @Override
    public void close() {
      redis.shutdown(Duration.ZERO, Duration.ofSeconds(2));
      child.close();
    }
  }
}
