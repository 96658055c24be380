package dev.whileaway.aggregator.raft;

import static dev.whileaway.aggregator.raft.TestStore.FIRST;
import static dev.whileaway.aggregator.raft.TestStore.SELDOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.DaemonSettings.Log;
import dev.whileaway.aggregator.log.ShardLog.Role;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import dev.whileaway.aggregator.log.ShardUnavailableException;
import dev.whileaway.aggregator.shard.ShardReply;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.util.LifeCycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What concerns Ratis only; what holds for any log stands in [DurableShardLogTest].
class RaftEngineTest {

  @TempDir Path folder;

  @Test
  void apply_entryThatCannotBeDecoded_failsTheShardForGood() throws Exception {
    var roles = new CopyOnWriteArrayList<Role>();
    var store = TestStore.open(Log.RAFT, folder, 2, SELDOM);
    try (store) {
      store.ask(FIRST, TestStore.report("anna", "e1"));
      store
          .node()
          .onRoleChange((shard, role) -> {
            if (shard.equals(FIRST)) {
              roles.add(role);
            }
          });

      appendGarbage(store);

      org.awaitility.Awaitility.await()
          .until(() -> store.node().status(FIRST).role() == Role.FAILED);
      store.assertRefused(ShardUnavailableException.Kind.FAILED);
      assertThat(store.ask(new ShardId(1), TestStore.report("dora", "e1")))
          .isEqualTo(new ShardReply.Reported(1, List.of()));
    }
    assertThat(roles).containsExactly(Role.FAILED);
  }

  // Ratis does this when a leader sends a snapshot; the base class would refuse it.
  @Test
  void stateMachine_pausedAndReinitialized_runsOnFromItsSnapshot() throws Exception {
    try (var store = TestStore.open(Log.RAFT, folder, 1, SELDOM)) {
      var _ = store.ask(FIRST, TestStore.report("dora", "e0"));
      store.snapshot(FIRST);
      long hash = store.node().stateHash(FIRST);
      var machine = store.division(FIRST).getStateMachine();
      assertThat(machine.getLifeCycleState()).isEqualTo(LifeCycle.State.RUNNING);

      machine.pause();
      assertThat(machine.getLifeCycleState()).isEqualTo(LifeCycle.State.PAUSED);
      assertThat(store.node().read(FIRST, view -> 1).toCompletableFuture())
          .isCompletedExceptionally();

      machine.reinitialize();
      assertThat(machine.getLifeCycleState()).isEqualTo(LifeCycle.State.RUNNING);
      assertThat(store.node().stateHash(FIRST)).isEqualTo(hash);
      assertThat(store.ask(FIRST, TestStore.report("anna", "e1")))
          .isEqualTo(new ShardReply.Reported(1, List.of()));
    }
  }

  @Test
  void logFailure_isFatalAndTold() throws Exception {
    var roles = new CopyOnWriteArrayList<Role>();
    try (var store = TestStore.open(Log.RAFT, folder, 1, SELDOM)) {
      store.node().onRoleChange((shard, role) -> roles.add(role));

      store
          .division(FIRST)
          .getStateMachine()
          .event()
          .notifyLogFailed(new java.io.IOException("no space left"), null);

      assertThat(roles).containsExactly(Role.FAILED);
      store.assertRefused(ShardUnavailableException.Kind.FAILED);
    }
  }

  private static void appendGarbage(TestStore store) throws Exception {
    var _ =
        ((RaftClientAsynchronousProtocol) store.division(FIRST))
            .submitClientRequestAsync(
                RaftClientRequest.newBuilder()
                    .setClientId(ClientId.randomId())
                    .setServerId(ShardGroups.peerOf(store.node().node()))
                    .setGroupId(ShardGroups.groupOf(FIRST))
                    .setCallId(1)
                    .setMessage(Message.valueOf("no entry of ours"))
                    .setType(RaftClientRequest.writeRequestType())
                    .build());
  }
}
