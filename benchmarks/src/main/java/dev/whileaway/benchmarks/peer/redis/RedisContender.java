package dev.whileaway.benchmarks.peer.redis;

import dev.whileaway.benchmarks.Client;
import dev.whileaway.benchmarks.Contender;
import dev.whileaway.benchmarks.peer.FreePort;
import dev.whileaway.benchmarks.process.ChildProcess;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// `redis-server` with an append-only file, fsynced before each answer.
public final class RedisContender implements Contender {

  private static final Duration READY_MAX = Duration.ofMinutes(2);
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
      awaitReady(life, log);
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

  /// While it loads its file, it listens, and refuses.
  private static void awaitReady(Life life, Path log) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < READY_MAX.toNanos() && life.process().isAlive()) {
      try (var connection = life.redis().connect()) {
        var _ = connection.sync().get("ready?");
        return;
      } catch (RedisException e) {
        Thread.sleep(LOOK);
      }
    }
    throw new IOException("expected redis-server to answer, but found none; its log is " + log);
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

    @Override
    public long neededBytes() throws IOException {
      try (var connection = redis.connect()) {
        return connection
            .sync()
            .info("memory")
            .lines()
            .filter(line -> line.startsWith("used_memory:"))
            .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
            .findFirst()
            .orElseThrow(() -> new IOException("expected used_memory of Redis, but found none"));
      }
    }

    @Override
    public void close() {
      redis.shutdown(Duration.ZERO, Duration.ofSeconds(2));
      child.close();
    }
  }
}
