package dev.whileaway.aggregator.raft;

import static dev.whileaway.aggregator.raft.TestStore.FIRST;
import static dev.whileaway.aggregator.raft.TestStore.SELDOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whileaway.aggregator.DaemonSettings.Log;
import dev.whileaway.aggregator.shard.NewEvent;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardLimits;
import dev.whileaway.aggregator.shard.ShardMachine;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.UserId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Log.class)
class SnapshotTest {

  @Parameter Log log;
  @TempDir Path folder;

  @Test
  void snapshot_underConcurrentLoad_losesNothing() throws Exception {
    long hash;
    var store = TestStore.open(log, folder, 1, 20);
    List<CompletableFuture<ShardReply>> replies = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      replies.add(store.send(FIRST, TestStore.report("user-" + i % 500, "e" + i)));
      if (i % 200 == 199) {
        // Keeps below the queue's limit, and leaves many small entries.
        replies.getLast().get(20, TimeUnit.SECONDS);
      }
    }
    CompletableFuture.allOf(replies.toArray(CompletableFuture<?>[]::new)).get(20, TimeUnit.SECONDS);
    hash = store.node().stateHash(FIRST);
    assertThat(store.node().status(FIRST).snapshotIndex()).isPositive();
    store.crash();

    try (var again = TestStore.open(log, folder, 1, 20)) {
      assertThat(again.node().stateHash(FIRST)).isEqualTo(hash);
      assertThat(again.pendingEvents(FIRST)).isEqualTo(20_000);
    }
  }

  @Test
  void snapshot_forced_isDurableAtOnceHoweverFewEntries() throws Exception {
    try (var store = TestStore.open(log, folder, 1, SELDOM)) {
      store.ask(FIRST, TestStore.report("anna", "e1"));
      store.snapshot(FIRST);

      var status = store.node().status(FIRST);
      assertThat(status.snapshotIndex()).isEqualTo(status.appliedIndex());
    }
  }

  @Test
  void log_afterSnapshot_isPurgedSegmentBySegment() throws Exception {
    try (var store = TestStore.open(log, folder, 1, SELDOM)) {
      for (int i = 0; i < 30; i++) {
        store.ask(FIRST, large("user-" + i));
      }
      Path current =
          folder
              .resolve("raft")
              .resolve(ShardGroups.groupOf(FIRST).getUuid().toString())
              .resolve("current");
      assertThat(closedSegments(current)).isGreaterThan(2);

      store.snapshot(FIRST);

      await().untilAsserted(() -> assertThat(closedSegments(current)).isZero());
    }
    try (var again = TestStore.open(log, folder, 1, SELDOM)) {
      assertThat(again.pendingEvents(FIRST)).isEqualTo(30 * 250);
    }
  }

  @Test
  void snapshot_ofAQuietShard_isTakenByItself() throws Exception {
    try (var store = TestStore.open(log, folder, 1, SELDOM)) {
      for (int i = 0; i < 9; i++) {
        store.ask(FIRST, large("user-" + i));
      }
      store.node().look();
      assertThat(store.node().status(FIRST).snapshotIndex()).isNotPositive();

      store.node().look();
      await()
          .untilAsserted(() -> {
            var status = store.node().status(FIRST);
            assertThat(status.snapshotIndex()).isEqualTo(status.appliedIndex());
          });
    }
  }

  @Test
  void crash_betweenWriteAndIngest_losesNothing() throws Exception {
    var store = TestStore.open(log, folder, 1, SELDOM);
    store.ask(FIRST, TestStore.report("anna", "e1"));
    store.snapshot(FIRST);
    store.ask(FIRST, TestStore.report("anna", "e2"));
    long hash = store.node().stateHash(FIRST);
    store.crash();
    Path cut = folder.resolve("shards").resolve("0000").resolve("cut.sst");
    try (var rocks = new RocksSettings();
        var database = ShardDatabase.open(rocks, cut.getParent())) {
      var machine = new ShardMachine(ShardLimits.STANDARD, new ColdOverlay(database));
      var state =
          new FrozenState(TermIndex.valueOf(9, 999), machine.cut(), new ColdOverlay.Layer());
      SnapshotFile.write(cut, rocks.options(), new SnapshotFile.Content(List.of(state)));
    }
    assertThat(cut).exists();

    try (var again = TestStore.open(log, folder, 1, SELDOM)) {
      assertThat(cut).doesNotExist();
      assertThat(again.node().stateHash(FIRST)).isEqualTo(hash);
      assertThat(again.pending(FIRST, "anna")).hasSize(2);
    }
  }

  @Test
  void snapshot_ofManyShards_keepsThemApart() throws Exception {
    try (var store = TestStore.open(log, folder, 3, SELDOM)) {
      for (int shard = 0; shard < 3; shard++) {
        var id = new dev.whileaway.aggregator.log.ShardLog.ShardId(shard);
        store.ask(id, TestStore.report("only-" + shard, "e"));
        store.snapshot(id);
      }
    }
    try (var again = TestStore.open(log, folder, 3, SELDOM)) {
      for (int shard = 0; shard < 3; shard++) {
        var id = new dev.whileaway.aggregator.log.ShardLog.ShardId(shard);
        assertThat(again.pending(id, "only-" + shard)).hasSize(1);
        assertThat(again.pendingEvents(id)).isEqualTo(1);
      }
    }
  }

  /// About a megabyte of log.
  private static ShardCommand large(String user) {
    var event =
        new NewEvent(new UserId(user), "bob", 1, "d".repeat(4096), "", 1000, false, 1_000_000_000);
    return new ShardCommand.ReportEvents(Collections.nCopies(250, event));
  }

  private static long closedSegments(Path current) throws Exception {
    try (var files = Files.list(current)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("log_\\d+-\\d+"))
          .count();
    }
  }
}
