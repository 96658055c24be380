package dev.whileaway.benchmarks.micro;

import com.google.protobuf.ByteString;
import dev.whileaway.aggregator.log.CommandCodec;
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

/// Raft entries of 64 reports, each of one event; told by the report.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {

  private static final int REPORTS = 64;

  private final CommandCodec.Batch batch =
      new CommandCodec.Batch(1_000_000, Commands.of(1_000).reports(REPORTS, 1));
  private final ByteString entry = CommandCodec.encode(batch);

  @Benchmark
  @OperationsPerInvocation(REPORTS)
  public ByteString encode() {
    return CommandCodec.encode(batch);
  }

  @Benchmark
  @OperationsPerInvocation(REPORTS)
  public CommandCodec.Batch decode() {
    return CommandCodec.decode(entry);
  }
}
