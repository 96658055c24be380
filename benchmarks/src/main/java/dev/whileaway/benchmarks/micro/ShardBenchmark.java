package dev.whileaway.benchmarks.micro;

import dev.whileaway.aggregator.log.MemoryColdRecords;
import dev.whileaway.aggregator.shard.ClearScope;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardCommand.ClearEvents;
import dev.whileaway.aggregator.shard.ShardCommand.PullDue;
import dev.whileaway.aggregator.shard.ShardLimits;
import dev.whileaway.aggregator.shard.ShardMachine;
import dev.whileaway.aggregator.shard.ShardReply;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a shard's thread does with a store of five events a user: each shot uses up a machine, and
/// is told by the event, the user cleared, or the digest.
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 20)
@Measurement(iterations = 20)
public class ShardBenchmark {

  private static final int USERS = 20_000;
  private static final int EVENTS = USERS * 5;
  private static final int EVENTS_PER_REQUEST = 100;
  private static final int PULL_LIMIT = 100;
  private static final long REPORTED_AT_MILLIS = 1_000_000;
  private static final long DUE_AT_MILLIS = REPORTED_AT_MILLIS + 3_600_000;

  private final List<ShardCommand> reports = Commands.of(USERS).reports(EVENTS, EVENTS_PER_REQUEST);
  private final List<ClearEvents> clears =
      LongStream.range(0, USERS)
          .mapToObj(k -> new ClearEvents(Commands.of(USERS).user(k), ClearScope.ALL))
          .toList();
  private final List<PullDue> pulls =
      Collections.nCopies(USERS / PULL_LIMIT, new PullDue("bench", PULL_LIMIT, 60_000));

  private ShardMachine empty = machine();
  private ShardMachine full = machine();

  private static ShardMachine machine() {
    return new ShardMachine(ShardLimits.STANDARD, new MemoryColdRecords());
  }

  @Setup(Level.Iteration)
  public void newMachines() {
    empty = machine();
    full = machine();
    apply(full, reports, REPORTED_AT_MILLIS);
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public ShardReply append() {
    return apply(empty, reports, REPORTED_AT_MILLIS);
  }

  @Benchmark
  @OperationsPerInvocation(USERS)
  public ShardReply clear() {
    return apply(full, clears, REPORTED_AT_MILLIS);
  }

  @Benchmark
  @OperationsPerInvocation(USERS)
  public ShardReply pull() {
    return apply(full, pulls, DUE_AT_MILLIS);
  }

  private static ShardReply apply(
      ShardMachine machine, List<? extends ShardCommand> commands, long atMillis) {
    @Nullable ShardReply last = null;
    for (ShardCommand command : commands) {
      last = machine.apply(command, atMillis);
    }
    return Objects.requireNonNull(last);
  }
}
