package dev.whileaway.aggregator.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.log.ShardLog.ShardId;
import dev.whileaway.aggregator.shard.NewEvent;
import dev.whileaway.aggregator.shard.ShardCommand.PullDue;
import dev.whileaway.aggregator.shard.ShardCommand.ReportEvents;
import dev.whileaway.aggregator.shard.ShardLimits;
import dev.whileaway.aggregator.shard.ShardReply.Pulled;
import dev.whileaway.aggregator.shard.ShardReply.Reported;
import dev.whileaway.aggregator.shard.ShardView;
import dev.whileaway.aggregator.shard.UserId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryShardLogTest {

  private static final ShardId SHARD = new ShardId(1);

  private final AtomicLong now = new AtomicLong(1_000);

  private final ShardLog log =
      new MemoryShardLog(2, ShardLimits.STANDARD, () -> Instant.ofEpochMilli(now.get()));

  @Test
  void command_is_applied_with_the_time_of_the_clock() {
    assertThat(log.submit(SHARD, report("anna")).toCompletableFuture())
        .isCompletedWithValue(new Reported(1, List.of()));
    now.addAndGet(60_000);
    assertThat(log.submit(SHARD, new PullDue("w", 1, 1000)).toCompletableFuture())
        .isCompletedWithValueMatching(
            reply -> reply instanceof Pulled pulled && pulled.due().size() == 1);
    assertThat(log.status(SHARD).appliedIndex()).isEqualTo(2);
  }

  @Test
  void shards_know_nothing_of_each_other() {
    log.submit(SHARD, report("anna"));
    assertThat(log.read(new ShardId(0), ShardView::backlogs).toCompletableFuture())
        .isCompletedWithValue(0L);
    assertThat(log.read(SHARD, ShardView::backlogs).toCompletableFuture()).isCompletedWithValue(1L);
  }

  @Test
  void closed_log_takes_nothing() {
    log.close();
    assertThat(log.submit(SHARD, report("anna")).toCompletableFuture())
        .failsWithin(java.time.Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(ShardUnavailableException.class);
  }

  @Test
  void many_threads_make_one_backlog() {
    // TRAPS 1
    var threads =
        IntStream.range(0, 16)
            .mapToObj(_ -> CompletableFuture.runAsync(() -> log.submit(SHARD, report("anna"))))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(threads).join();
    assertThat(log.read(SHARD, ShardView::pendingEvents).toCompletableFuture())
        .isCompletedWithValue(16L);
    assertThat(log.read(SHARD, ShardView::backlogs).toCompletableFuture()).isCompletedWithValue(1L);
  }

  private static ReportEvents report(String user) {
    return new ReportEvents(
        List.of(new NewEvent(new UserId(user), "x", 1, "", "", 60_000, false, 1L << 40)));
  }
}
