package dev.whileaway.aggregator.raft;

import static dev.whileaway.aggregator.raft.TestStore.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.DaemonSettings.Log;
import java.nio.file.Path;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectSubmissionTest {

  @TempDir Path folder;

  @Test
  void division_ofThisRatis_takesRequestsItself() throws Exception {
    try (var store = TestStore.open(Log.RAFT, folder, 1, TestStore.SELDOM)) {
      var division = store.division(FIRST);

      assertThat(division).isInstanceOf(RaftClientAsynchronousProtocol.class);
      assertThat(division.getClass().getName())
          .isEqualTo("org.apache.ratis.server.impl.RaftServerImpl");
    }
  }

  @Test
  void groupName_ofAnyShard_leadsBackToIt() {
    assertThat(ShardGroups.shardOf(ShardGroups.groupOf(FIRST))).isEqualTo(FIRST);
    assertThat(ShardGroups.groupOf(FIRST).getUuid())
        .hasToString("7768696c-6561-7761-7900-000000000000");
  }
}
