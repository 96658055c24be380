package dev.whileaway.benchmarks.micro;

import dev.whileaway.aggregator.log.MemoryColdRecords;
import dev.whileaway.aggregator.shard.LeasedBacklog;
import dev.whileaway.aggregator.shard.ShardCommand.CancelLease;
import dev.whileaway.aggregator.shard.ShardCommand.PullDue;
import dev.whileaway.aggregator.shard.ShardLimits;
import dev.whileaway.aggregator.shard.ShardMachine;
import dev.whileaway.aggregator.shard.ShardReply.Pulled;
import dev.whileaway.benchmarks.Workload;
import dev.whileaway.v1.Reason;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A hundred thousand backlogs are due at moments of their own, a millisecond apart; the next
/// hundred are found, leased, and put off behind all others. Told by the backlog.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DueIndexBenchmark {

  private static final int USERS = 100_000;
  private static final int PULL_LIMIT = 100;
  private static final PullDue PULL = new PullDue("bench", PULL_LIMIT, 60_000);

  private final ShardMachine machine =
      new ShardMachine(ShardLimits.STANDARD, new MemoryColdRecords());
  private long nowMillis = 1_000_000;

  public DueIndexBenchmark() {
    new Commands(new Workload(USERS), k -> (int) k + 1)
        .reports(USERS, 100)
        .forEach(report -> machine.apply(report, nowMillis));
  }

  @Benchmark
  @OperationsPerInvocation(PULL_LIMIT)
  public List<LeasedBacklog> nextDue_arePutOff() {
    nowMillis += PULL_LIMIT;
    if (!(machine.apply(PULL, nowMillis) instanceof Pulled(var due, _, _))
        || due.size() != PULL_LIMIT) {
      throw new IllegalStateException("expected " + PULL_LIMIT + " due backlogs, but found fewer");
    }
    due.forEach(this::putOff);
    return due;
  }

  private void putOff(LeasedBacklog backlog) {
    var cancel =
        new CancelLease(
            backlog.lease(), USERS, Set.of(), Reason.REASON_ONLINE, List.of(), "online");
    var _ = machine.apply(cancel, nowMillis);
  }
}
