package dev.whileaway.aggregator.raft;

import static dev.whileaway.aggregator.raft.TestStore.FIRST;
import static dev.whileaway.aggregator.raft.TestStore.SELDOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whileaway.aggregator.DaemonSettings.Log;
import dev.whileaway.aggregator.log.ShardLog.Role;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import dev.whileaway.aggregator.log.ShardUnavailableException;
import dev.whileaway.aggregator.shard.ClearScope;
import dev.whileaway.aggregator.shard.LeaseKey;
import dev.whileaway.aggregator.shard.LeasedBacklog;
import dev.whileaway.aggregator.shard.LeasedBacklog.PendingEvent;
import dev.whileaway.aggregator.shard.NewEvent;
import dev.whileaway.aggregator.shard.SendIntent;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Log.class)
class DurableShardLogTest {

  private static final long HOUR = 3_600_000;

  @Parameter Log log;
  @TempDir Path folder;

  @Test
  void submit_reportedEvent_isReadAtOnce() throws Exception {
    try (var store = TestStore.open(log, folder, 2, SELDOM)) {
      assertThat(store.ask(FIRST, TestStore.report("anna", "e1")))
          .isEqualTo(new ShardReply.Reported(1, List.of()));

      assertThat(store.pending(FIRST, "anna"))
          .extracting(PendingEvent::data)
          .containsExactly("hello");
      assertThat(store.pending(new ShardId(1), "anna")).isEmpty();
      assertThat(store.node().status(FIRST).role()).isEqualTo(Role.LEADER);
      assertThat(store.node().status(FIRST).leader().orElseThrow().node())
          .isEqualTo(store.node().node());
    }
  }

  @Test
  void submit_manyAtOnce_answersEachItsOwn() throws Exception {
    try (var store = TestStore.open(log, folder, 1, SELDOM)) {
      List<CompletableFuture<ShardReply>> replies = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        replies.add(store.send(FIRST, TestStore.report("user-" + i % 100, "e" + i % 1_000)));
      }
      int accepted = 0;
      for (var reply : replies) {
        accepted += ((ShardReply.Reported) reply.get(20, TimeUnit.SECONDS)).accepted();
      }

      // An event id is known for its recipient: 1,000 ids, each of them sent twice.
      assertThat(accepted).isEqualTo(1_000);
      assertThat(store.pendingEvents(FIRST)).isEqualTo(1_000);
      assertThat(store.node().status(FIRST).appliedIndex()).isLessThan(1_000);
    }
  }

  @Test
  void restart_afterCleanStop_keepsEverythingAndReplaysNothing() throws Exception {
    long hash;
    try (var store = TestStore.open(log, folder, 2, SELDOM)) {
      fill(store, 50);
      hash = store.node().stateHash(FIRST);
    }
    try (var store = TestStore.open(log, folder, 2, SELDOM)) {
      assertThat(store.node().stateHash(FIRST)).isEqualTo(hash);
      assertThat(store.node().status(FIRST).snapshotIndex()).isGreaterThanOrEqualTo(50);
      assertThat(store.pending(FIRST, "user-7")).hasSize(1);
    }
  }

  // TRAPS 15
  @Test
  void restart_afterCrash_keepsEverything() throws Exception {
    var store = TestStore.open(log, folder, 2, SELDOM);
    fill(store, 50);
    long hash = store.node().stateHash(FIRST);
    store.crash();

    try (var again = TestStore.open(log, folder, 2, SELDOM)) {
      assertThat(again.node().status(FIRST).snapshotIndex()).isEqualTo(-1);
      assertThat(again.node().stateHash(FIRST)).isEqualTo(hash);
      assertThat(again.ask(FIRST, TestStore.report("user-7", "e7")))
          .isEqualTo(new ShardReply.Reported(0, List.of(0)));
    }
  }

  @Test
  void restart_fromSnapshotAndRestOfLog_equalsTheStateBefore() throws Exception {
    var store = TestStore.open(log, folder, 1, SELDOM);
    fill(store, 50);
    store.snapshot(FIRST);
    long reached = store.node().status(FIRST).snapshotIndex();
    store.ask(FIRST, TestStore.clear("user-3"));
    store.ask(FIRST, TestStore.report("user-4", "later"));
    store.ask(FIRST, TestStore.profile("user-5", "Eve, renamed"));
    long hash = store.node().stateHash(FIRST);
    store.crash();

    try (var again = TestStore.open(log, folder, 1, SELDOM)) {
      assertThat(again.node().status(FIRST).snapshotIndex()).isEqualTo(reached);
      assertThat(again.node().stateHash(FIRST)).isEqualTo(hash);
      assertThat(again.pending(FIRST, "user-3")).isEmpty();
      assertThat(again.pending(FIRST, "user-4")).hasSize(2);
    }
  }

  // TRAPS 2, 9: a caller that heard nothing asks again, and meets a process that was killed.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void restart_repeatedRequests_areAnsweredAlike(boolean snapshot) throws Exception {
    var store = TestStore.open(log, folder, 1, SELDOM);
    List<String> users = List.of("begun", "cancelled", "confirmed", "stale");
    for (String user : users) {
      store.ask(FIRST, new ShardCommand.ReportEvents(List.of(urgent(user, 1), urgent(user, 2))));
    }
    var pulled = (ShardReply.Pulled) store.ask(FIRST, new ShardCommand.PullDue("w", 9, HOUR));
    Map<String, LeaseKey> leases =
        pulled.due().stream()
            .map(LeasedBacklog::lease)
            .collect(Collectors.toMap(lease -> lease.user().value(), lease -> lease));
    store.ask(
        FIRST,
        new ShardCommand.ClearEvents(new UserId("stale"), new ClearScope(Set.of(1), 99, "")));
    var push = new SendIntent(Channel.CHANNEL_PUSH, new SendIntent.Presumed.Confirm());
    List<ShardCommand> requests =
        List.of(
            new ShardCommand.ReportEvents(List.of(urgent("confirmed", 1))),
            new ShardCommand.BeginSend(leases.get("begun"), push),
            new ShardCommand.BeginSend(leases.get("stale"), push),
            new ShardCommand.CancelLease(
                leases.get("cancelled"), HOUR, Set.of(), Reason.REASON_ONLINE, List.of(), ""),
            new ShardCommand.ConfirmLease(
                leases.get("confirmed"), Reason.REASON_SENT, List.of(), ""));
    List<ShardReply> replies = new ArrayList<>();
    for (ShardCommand request : requests) {
      replies.add(store.ask(FIRST, request));
    }
    assertThat(replies.get(1)).isInstanceOf(ShardReply.Go.class);
    assertThat(replies.get(2)).isInstanceOf(ShardReply.Stale.class);
    if (snapshot) {
      store.snapshot(FIRST);
    }
    store.crash();

    try (var again = TestStore.open(log, folder, 1, SELDOM)) {
      for (int i = 0; i < requests.size(); i++) {
        assertThat(again.ask(FIRST, requests.get(i))).isEqualTo(replies.get(i));
      }
      assertThat(again.pending(FIRST, "confirmed")).isEmpty();
    }
  }

  private static NewEvent urgent(String user, int type) {
    return new NewEvent(new UserId(user), "bob", type, "", user + type, HOUR, true, 9 * HOUR);
  }

  @Test
  void read_failingQuery_failsItsFutureOnly() throws Exception {
    try (var store = TestStore.open(log, folder, 1, SELDOM)) {
      var broken =
          store
              .node()
              .read(
                  FIRST,
                  view -> {
                    throw new IllegalStateException("the query's own fault");
                  });

      assertThatThrownBy(() -> broken.toCompletableFuture().get(5, TimeUnit.SECONDS))
          .hasMessageContaining("the query's own fault");
      assertThat(store.node().status(FIRST).role()).isEqualTo(Role.LEADER);
    }
  }

  @Test
  void submit_callbackThatReads_seesItsOwnWrite() throws Exception {
    try (var store = TestStore.open(log, folder, 1, SELDOM)) {
      var seen =
          store
              .send(FIRST, TestStore.report("anna", "e1"))
              .thenCompose(reply ->
                  store.node().read(FIRST, view -> view.backlog(new UserId("anna")).isPresent()));

      assertThat(seen.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CURRENT", ".sst"})
  void open_brokenDatabase_isRefused_namingShardAndFolder(String file) throws Exception {
    try (var store = TestStore.open(log, folder, 1, SELDOM)) {
      store.ask(FIRST, TestStore.report("anna", "e1"));
    }
    try (var files = Files.walk(folder)) {
      Path broken =
          files
              .filter(path -> path.getParent().endsWith("db") && path.toString().endsWith(file))
              .findFirst()
              .orElseThrow();
      Files.writeString(broken, "broken");
    }

    assertThatThrownBy(() -> TestStore.open(log, folder, 1, SELDOM))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("but found shard 0000 in ")
        .hasMessageContaining("restore the whole folder from a copy");
  }

  @Test
  void submit_afterClose_isRefused() throws Exception {
    var store = TestStore.open(log, folder, 1, SELDOM);
    store.close();

    store.assertRefused(ShardUnavailableException.Kind.FAILED);
  }

  @Test
  void submit_unknownShard_isRefusedByName() throws Exception {
    try (var store = TestStore.open(log, folder, 2, SELDOM)) {
      assertThatThrownBy(() -> store.send(new ShardId(2), TestStore.report("anna", "e1")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected one of 2 shards, but found shard-2");
    }
  }

  private static void fill(TestStore store, int users) throws Exception {
    for (int i = 0; i < users; i++) {
      store.ask(FIRST, TestStore.report("user-" + i, "e" + i));
      if (i % 5 == 0) {
        store.ask(FIRST, TestStore.profile("user-" + i, "Name " + i));
      }
    }
  }
}
