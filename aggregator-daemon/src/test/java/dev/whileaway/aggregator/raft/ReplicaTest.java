package dev.whileaway.aggregator.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whileaway.aggregator.log.CommandCodec.Batch;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardLimits;
import dev.whileaway.aggregator.shard.UserId;
import java.nio.file.Path;
import java.util.List;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaTest {

  @TempDir Path folder;

  private static Batch batch(ShardCommand... commands) {
    return new Batch(0, List.of(commands));
  }

  /// A command that no shard can apply.
  @SuppressWarnings("NullAway") // That is why.
  private static ShardCommand broken() {
    return new ShardCommand.ClearEvents(new UserId("anna"), null);
  }

  @Test
  void entryThatBrokeInTheMiddle_isInNoSnapshot() throws Exception {
    var setting =
        new Replica.Setting(
            new RocksSettings(), Runnable::run, ShardLimits.STANDARD, TestStore.SELDOM);
    try (Replica replica = Replica.open(setting, folder, _ -> {})) {
      replica.apply(
          TermIndex.valueOf(1, 0),
          batch(TestStore.report("anna", "1")),
          (int) SnapshotCycle.LOG_BYTES_MIN);

      assertThatThrownBy(() ->
              replica.apply(
                  TermIndex.valueOf(1, 1), batch(TestStore.report("anna", "2"), broken()), 1))
          .isInstanceOf(NullPointerException.class);
      for (int look = 0; look < 2 * SnapshotCycle.LOOKS_MAX; look++) {
        replica.look();
      }

      assertThat(replica.durable()).isEqualTo(Replica.NOTHING_APPLIED);
      assertThat(replica.snapshot()).isCompletedExceptionally();
    }
  }
}
