package dev.whileaway.benchmarks.peer.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.whileaway.benchmarks.Client;
import dev.whileaway.benchmarks.WorkEvent;
import dev.whileaway.benchmarks.peer.Resource;
import dev.whileaway.benchmarks.peer.Window;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// The four scripts, called by their digest on one connection.
final class RedisScripts implements Client {

  private static final byte[][] NO_KEYS = {};

  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final InstantSource clock;
  private final String add;
  private final String pull;
  private final String confirm;
  private final String clear;

  private RedisScripts(StatefulRedisConnection<byte[], byte[]> connection, InstantSource clock) {
    this.connection = connection;
    this.clock = clock;
    this.add = load("add.lua");
    this.pull = load("pull.lua");
    this.confirm = load("confirm.lua");
    this.clear = load("clear.lua");
  }

  static RedisScripts on(RedisClient redis, InstantSource clock) {
    return new RedisScripts(redis.connect(ByteArrayCodec.INSTANCE), clock);
  }

  private String load(String name) {
    return connection.sync().scriptLoad(Resource.text(RedisScripts.class, name));
  }

  @Override
  public CompletionStage<Integer> report(List<WorkEvent> events) {
    Window window = Window.now(clock);
    byte[] waits = number(window.endMillis());
    byte[] urgent = number(window.nowMillis());
    var arguments = new ArrayList<byte[]>(events.size() * 3);
    for (WorkEvent event : events) {
      arguments.add(number(event.recipient()));
      arguments.add(event.type().urgent() ? urgent : waits);
      arguments.add(event.packed(window.nowMillis()));
    }
    return count(add, arguments);
  }

  @Override
  public CompletionStage<Claims> pull(int limit) {
    Window window = Window.now(clock);
    return connection
        .async()
        .<List<Object>>evalsha(
            pull,
            ScriptOutputType.MULTI,
            NO_KEYS,
            number(window.nowMillis()),
            number(window.leaseEndMillis()),
            number(limit))
        .thenApply(answer -> new Leased(window.leaseEndMillis(), answer));
  }

  /// @param answer user and list of events by turns
  private record Leased(long token, List<Object> answer) implements Claims {
    @Override
    public int users() {
      return answer.size() / 2;
    }

    byte[] user(int i) {
      return (byte[]) answer.get(2 * i);
    }

    int events(int i) {
      return ((List<?>) answer.get(2 * i + 1)).size();
    }

    @Override
    public int events() {
      int events = 0;
      for (int i = 0; i < users(); i++) {
        events += events(i);
      }
      return events;
    }
  }

  @Override
  public CompletionStage<Integer> confirm(Claims claims) {
    var leased = (Leased) claims;
    var arguments = new ArrayList<byte[]>();
    arguments.add(number(leased.token()));
    arguments.add(number(Window.now(clock).endMillis()));
    for (int i = 0; i < leased.users(); i++) {
      arguments.add(leased.user(i));
      arguments.add(number(leased.events(i)));
    }
    return count(confirm, arguments);
  }

  @Override
  public CompletionStage<Integer> clear(long user) {
    return count(clear, List.of(number(user)));
  }

  @Override
  public CompletionStage<Integer> waiting(long user) {
    return connection.async().llen(("u:" + user).getBytes(US_ASCII)).thenApply(Long::intValue);
  }

  private CompletionStage<Integer> count(String script, List<byte[]> arguments) {
    return connection
        .async()
        .<Long>evalsha(script, ScriptOutputType.INTEGER, NO_KEYS, arguments.toArray(byte[][]::new))
        .thenApply(Long::intValue);
  }

  private static byte[] number(long number) {
    return Long.toString(number).getBytes(US_ASCII);
  }

  @Override
  public void close() {
    connection.close();
  }
}
