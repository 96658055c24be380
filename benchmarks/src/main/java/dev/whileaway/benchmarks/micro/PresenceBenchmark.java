package dev.whileaway.benchmarks.micro;

import dev.whileaway.benchmarks.Workload;
import dev.whileaway.benchmarks.process.WorkFolder;
import dev.whileaway.presence.ChroniclePresenceStore;
import dev.whileaway.presence.OnlineRule;
import dev.whileaway.presence.PresenceReading;
import dev.whileaway.presence.PresenceSettings;
import dev.whileaway.presence.PresenceStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// The mapped file of a million users, each of them touched before.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PresenceBenchmark {

  private static final int USERS = 1_000_000;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Workload workload = new Workload(USERS);
  private final WorkFolder folder;
  private final PresenceStore store;
  private long k;

  /// JMH subclasses it, and takes no checked exception.
  public PresenceBenchmark() {
    try {
      folder = WorkFolder.make();
      store = ChroniclePresenceStore.open(settings(folder.path()), () -> START);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (int i = 0; i < USERS; i++) {
      store.touchWeb(next(), START);
    }
  }

  private static PresenceSettings settings(Path folder) {
    return new PresenceSettings(
        folder, USERS, Duration.ofDays(30), OnlineRule.STANDARD, Duration.ofDays(1));
  }

  private String next() {
    return Long.toString(workload.user(k++));
  }

  @Benchmark
  public void touch() {
    String user = next();
    store.touchWeb(user, START.plusMillis(k));
  }

  @Benchmark
  public PresenceReading read() {
    return store.read(next());
  }

  @TearDown
  public void close() throws IOException {
    store.close();
    folder.close();
  }
}
