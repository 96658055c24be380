package dev.whileaway.aggregator.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.whileaway.aggregator.DaemonSettings;
import dev.whileaway.aggregator.DaemonSettings.Limits;
import dev.whileaway.aggregator.DaemonSettings.Listen;
import dev.whileaway.aggregator.DaemonSettings.Log;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import dev.whileaway.aggregator.log.ShardUnavailableException;
import dev.whileaway.aggregator.shard.LeasedBacklog.PendingEvent;
import dev.whileaway.aggregator.shard.NewEvent;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.presence.OnlineRule;
import dev.whileaway.presence.PresenceSettings;
import dev.whileaway.v1.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.server.RaftServer;
import org.slf4j.LoggerFactory;

/// A store in a folder, and what is often said to it.
final class TestStore implements AutoCloseable {

  static final ShardId FIRST = new ShardId(0);
  static final long SELDOM = 1_000_000;
  private static final long WINDOW_MILLIS = 1_800_000;
  private static final long EXPIRY_MILLIS = 30L * 24 * 60 * 60 * 1000;

  static {
    quiet();
  }

  private final StoreNode node;

  private TestStore(StoreNode node) {
    this.node = node;
  }

  static void quiet() {
    for (String name : List.of("org.apache.ratis", "io.netty", "io.grpc", "dev.whileaway")) {
      ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.ERROR);
    }
  }

  static TestStore open(Path folder, int shards, long snapshotEntries)
      throws StoreRefusedException {
    return open(Log.LOCAL, folder, shards, snapshotEntries);
  }

  static TestStore open(Log log, Path folder, int shards, long snapshotEntries)
      throws StoreRefusedException {
    var settings = settings(log, folder, shards, snapshotEntries);
    return new TestStore((StoreNode) DurableShardLog.open(settings, InstantSource.system()));
  }

  static DaemonSettings settings(Log log, Path folder, int shards, long snapshotEntries) {
    var loopback = new Listen("127.0.0.1", 0);
    return new DaemonSettings(
        folder,
        "test-node",
        shards,
        log,
        loopback,
        loopback,
        Optional.empty(),
        List.of(),
        false,
        new Limits(200, snapshotEntries, 30),
        new PresenceSettings(
            folder.resolveSibling("presence"),
            1000,
            Duration.ofDays(1),
            OnlineRule.STANDARD,
            Duration.ofMinutes(1)));
  }

  /// A report to the first shard fails in this way.
  void assertRefused(ShardUnavailableException.Kind kind) {
    assertThatThrownBy(() -> send(FIRST, report("anna", "e9")).get(5, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            ShardUnavailableException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  StoreNode node() {
    return node;
  }

  /// Ratis' side of a shard; for stores whose log it writes.
  RaftServer.Division division(ShardId shard) throws IOException {
    return ((RaftEngine) node.engine()).server().getDivision(ShardGroups.groupOf(shard));
  }

  static ShardCommand report(String user, String eventId) {
    return new ShardCommand.ReportEvents(
        List.of(
            new NewEvent(
                new UserId(user),
                "bob",
                1,
                "hello",
                eventId,
                WINDOW_MILLIS,
                false,
                EXPIRY_MILLIS)));
  }

  static ShardCommand profile(String user, String name) {
    return new ShardCommand.PutProfile(Profile.newBuilder().setUser(user).setName(name).build());
  }

  static ShardCommand clear(String user) {
    return new ShardCommand.ClearEvents(
        new UserId(user),
        new dev.whileaway.aggregator.shard.ClearScope(Set.of(), Long.MAX_VALUE, ""));
  }

  ShardReply ask(ShardId shard, ShardCommand command) throws Exception {
    return node.submit(shard, command).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  CompletableFuture<ShardReply> send(ShardId shard, ShardCommand command) {
    return node.submit(shard, command).toCompletableFuture();
  }

  List<PendingEvent> pending(ShardId shard, String user) throws Exception {
    return node.read(
            shard,
            view -> view.backlog(new UserId(user)).map(each -> each.events()).orElse(List.of()))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  long pendingEvents(ShardId shard) throws Exception {
    return node.read(shard, view -> view.pendingEvents())
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  void snapshot(ShardId shard) throws Exception {
    node.snapshot(shard).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  /// Ends without finishing anything.
  void crash() {
    node.release();
  }

  @Override
  public void close() {
    node.close();
  }
}
