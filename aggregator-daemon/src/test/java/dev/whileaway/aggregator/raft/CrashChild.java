package dev.whileaway.aggregator.raft;

import dev.whileaway.aggregator.DaemonSettings.Log;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import dev.whileaway.aggregator.shard.NewEvent;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.UserId;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/// A process that is made to be killed: opens a store, prints every event in it, then reports
/// events as fast as it may and prints each that is acknowledged.
final class CrashChild {

  static final int SHARDS = 2;
  static final long SNAPSHOT_ENTRIES = 15;
  static final int USERS_A_ROUND = 400;
  private static final int IN_FLIGHT_MAX = 64;
  private static final long FOR_EVER_MILLIS = 1L << 40;

  private CrashChild() {}

  /// @param arguments the store's folder, the number of this round, and what writes the log
  public static void main(String[] arguments) throws Exception {
    TestStore.quiet();
    var out = new PrintStream(System.out, true);
    var store =
        TestStore.open(Log.valueOf(arguments[2]), Path.of(arguments[0]), SHARDS, SNAPSHOT_ENTRIES);
    printFound(store, out, arguments[1]);
    out.println("ready");
    var slots = new Semaphore(IN_FLIGHT_MAX);
    for (long i = 0; ; i++) {
      slots.acquire();
      String id = arguments[1] + "." + i;
      var shard = new ShardId((int) (i % SHARDS));
      store
          .send(shard, event(arguments[1] + "-" + i % USERS_A_ROUND, id))
          .whenComplete((reply, failure) -> {
            out.println(failure == null ? "acked " + id : "failed " + id + " " + failure);
            slots.release();
          });
    }
  }

  private static ShardCommand event(String user, String id) {
    return new ShardCommand.ReportEvents(
        List.of(
            new NewEvent(
                new UserId(user), "bob", 1, id, id, FOR_EVER_MILLIS, false, FOR_EVER_MILLIS)));
  }

  private static void printFound(TestStore store, PrintStream out, String round) throws Exception {
    for (int earlier = 0; earlier < Integer.parseInt(round); earlier++) {
      found(store, earlier).forEach(event -> out.println("found " + event));
    }
  }

  /// The events of a round.
  static List<String> found(TestStore store, int round) throws Exception {
    var events = new ArrayList<String>();
    for (int user = 0; user < USERS_A_ROUND; user++) {
      var shard = new ShardId(user % SHARDS);
      store.pending(shard, round + "-" + user).forEach(event -> events.add(event.data()));
    }
    return events;
  }

  static ProcessBuilder command(Log log, Path folder, int round) {
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        CrashChild.class.getName(),
        folder.toString(),
        Integer.toString(round),
        log.name());
  }
}
