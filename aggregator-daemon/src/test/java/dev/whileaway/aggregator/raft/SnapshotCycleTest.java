package dev.whileaway.aggregator.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.raft.SnapshotFile.Content;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SnapshotCycleTest {

  private static final int ENTRIES_MAX = 10;
  private static final int SMALL = 100;

  private final FakeShard shard = new FakeShard();
  private final Deque<Runnable> writer = new ArrayDeque<>();
  private final SnapshotCycle cycle =
      new SnapshotCycle(shard, writer::add, ENTRIES_MAX, TermIndex.INITIAL_VALUE);

  @BeforeAll
  static void quiet() {
    TestStore.quiet();
  }

  @Test
  void applied_oneEntryBeforeTheLimit_freezesNothing() {
    apply(ENTRIES_MAX - 1, SMALL);
    assertThat(shard.frozen).isZero();

    apply(1, SMALL);
    assertThat(shard.frozen).isEqualTo(1);
  }

  @Test
  void applied_manyBytesInFewEntries_freezes() {
    apply(1, (int) SnapshotCycle.LOG_BYTES_MAX - 1);
    assertThat(shard.frozen).isZero();

    apply(1, 1);
    assertThat(shard.frozen).isEqualTo(1);
  }

  @Test
  void applied_whileOneIsWritten_waitsAndThenBeginsTheNext() {
    apply(3 * ENTRIES_MAX, SMALL);
    assertThat(shard.frozen).isEqualTo(1);

    writer.remove().run();
    assertThat(cycle.durable().getIndex()).isEqualTo(ENTRIES_MAX);
    assertThat(shard.frozen).isEqualTo(2);

    writer.remove().run();
    assertThat(cycle.durable().getIndex()).isEqualTo(3 * ENTRIES_MAX);
    assertThat(writer).isEmpty();
    assertThat(shard.purged).containsExactly(10L, 30L);
  }

  @Test
  void look_onAQuietShard_freezesOnceEnoughLogLiesBehind() {
    apply(1, (int) SnapshotCycle.LOG_BYTES_MIN - 1);
    cycle.look();
    cycle.look();
    assertThat(shard.frozen).isZero();

    apply(1, 1);
    cycle.look();
    assertThat(shard.frozen).isEqualTo(1);

    writer.remove().run();
    cycle.look();
    assertThat(shard.frozen).isEqualTo(1);
  }

  @Test
  void look_whileMoreComesThanAQuietShardGets_freezesNothing() {
    apply(1, (int) SnapshotCycle.LOG_BYTES_MIN);
    cycle.look();
    apply(1, (int) SnapshotCycle.QUIET_BYTES_MAX + 1);
    cycle.look();
    assertThat(shard.frozen).isZero();

    apply(1, (int) SnapshotCycle.QUIET_BYTES_MAX);
    cycle.look();
    assertThat(shard.frozen).isEqualTo(1);

    writer.remove().run();
    apply(1, (int) SnapshotCycle.LOG_BYTES_MIN);
    cycle.look();
    assertThat(shard.frozen).isEqualTo(1);
  }

  @Test
  void look_afterAWhile_freezesABusyShardToo() {
    int busy = (int) (SnapshotCycle.LOG_BYTES_MIN / (SnapshotCycle.LOOKS_MAX - 1)) + 1;
    for (int snapshot = 1; snapshot <= 2; snapshot++) {
      for (int look = 1; look < SnapshotCycle.LOOKS_MAX; look++) {
        apply(1, busy);
        cycle.look();
      }
      assertThat(shard.frozen).isEqualTo(snapshot - 1);

      apply(1, busy);
      cycle.look();
      assertThat(shard.frozen).isEqualTo(snapshot);
      writer.remove().run();
    }

    apply(1, (int) SnapshotCycle.LOG_BYTES_MIN - 1);
    for (int look = 0; look < 2 * SnapshotCycle.LOOKS_MAX; look++) {
      cycle.look();
    }
    assertThat(shard.frozen).isEqualTo(2);
  }

  @Test
  void look_whileOneIsWritten_andAfterTheEnd_freezesNothing() {
    apply(1, (int) SnapshotCycle.LOG_BYTES_MAX);
    apply(1, (int) SnapshotCycle.LOG_BYTES_MIN);
    cycle.look();
    cycle.look();
    assertThat(shard.frozen).isEqualTo(1);

    writer.remove().run();
    cycle.stop();
    cycle.look();
    assertThat(shard.frozen).isEqualTo(1);
  }

  @Test
  void force_completesOnceEverythingAppliedIsDurable() {
    apply(ENTRIES_MAX, SMALL);
    apply(1, SMALL);
    var forced = cycle.force();

    writer.remove().run();
    assertThat(forced).isNotDone();
    writer.remove().run();
    assertThat(forced).isCompleted();
    assertThat(cycle.force()).isCompleted();
    assertThat(writer).isEmpty();
  }

  @Test
  void write_thatFails_isPartOfTheNext() {
    apply(1, SMALL);
    shard.broken = true;
    var forced = cycle.force();
    writer.remove().run();
    assertThat(forced).isCompletedExceptionally();
    assertThat(cycle.durable().getIndex()).isEqualTo(-1);
    assertThat(shard.purged).isEmpty();

    shard.broken = false;
    apply(1, SMALL);
    var again = cycle.force();
    writer.remove().run();
    assertThat(again).isCompleted();
    assertThat(shard.written).extracting(content -> content.states().size()).containsExactly(2);
    assertThat(cycle.durable().getIndex()).isEqualTo(2);
  }

  private void apply(int entries, int bytes) {
    for (int i = 0; i < entries; i++) {
      shard.applied = TermIndex.valueOf(1, shard.applied.getIndex() + 1);
      cycle.applied(bytes);
    }
  }

  private static final class FakeShard implements SnapshotCycle.Shard {
    TermIndex applied = TermIndex.valueOf(1, 0);
    int frozen;
    boolean broken;
    final List<Content> written = new ArrayList<>();
    final List<Long> purged = new ArrayList<>();

    @Override
    public FrozenState freeze() {
      frozen++;
      return new FrozenState(applied, ColdOverlayTest.NO_CHANGE, new ColdOverlay.Layer());
    }

    @Override
    public TermIndex applied() {
      return applied;
    }

    @Override
    public void write(Content content) throws IOException {
      if (broken) {
        throw new IOException("no space left");
      }
    }

    @Override
    public void written(Content content) {
      written.add(content);
    }

    @Override
    public void purge(TermIndex point) {
      purged.add(point.getIndex());
    }

    @Override
    public void locked(Runnable work) {
      work.run();
    }
  }
}
