package dev.whileaway.ops.bench;

import dev.whileaway.benchmarks.process.ProcessUse;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Reservation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/// As many sends as their way takes, each with a place of its own as the pipeline has it.
final class SendLoad {

  private static final Duration FULL_PAUSE = Duration.ofMillis(2);

  private final int lanes;
  private final Sends sends;
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private volatile ConcurrentHistogram micros = histogram();
  private volatile boolean stopped;

  /// What is sent. Used by all lanes at once.
  interface Sends {
    /// Makes the next one, and asks for a place for it.
    Reservation next() throws InterruptedException;
  }

  /// @param lanes sends that are made, wait or are under way at once
  SendLoad(int lanes, Sends sends) {
    this.lanes = lanes;
    this.sends = sends;
  }

  /// Runs until the window is over, and counts what ends in it.
  SendFigures run(FakeProviderProcess fake, Duration warmUp, Duration window)
      throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < lanes; i++) {
        threads.submit(this::lane);
      }
      try {
        Thread.sleep(warmUp);
        micros = histogram();
        Reading begin = reading(fake);
        Thread.sleep(window);
        return figures(reading(fake), begin);
      } finally {
        stopped = true;
      }
    }
  }

  private Void lane() throws InterruptedException {
    while (!stopped) {
      switch (sends.next()) {
        case Reservation.Refused _ -> {
          refused.increment();
          Thread.sleep(FULL_PAUSE);
        }
        case Reservation.Place place -> {
          try (place) {
            long began = System.nanoTime();
            count(place.send(Instant.MAX));
            micros.recordValue((System.nanoTime() - began) / 1_000);
          }
        }
      }
    }
    return null;
  }

  private void count(Outcome outcome) {
    if (outcome instanceof Outcome.Accepted) {
      accepted.increment();
    } else {
      refused.increment();
    }
  }

  private static ConcurrentHistogram histogram() {
    return new ConcurrentHistogram(3);
  }

  /// @param ownCpuSeconds without the children's
  private record Reading(
      long nanos, long accepted, long refused, double ownCpuSeconds, double fakeCpuSeconds) {}

  private Reading reading(FakeProviderProcess fake) throws IOException {
    double fakeSeconds = fake.cpuSeconds();
    double all = ProcessUse.cpuSeconds(ProcessHandle.current());
    return new Reading(
        System.nanoTime(), accepted.sum(), refused.sum(), all - fakeSeconds, fakeSeconds);
  }

  private SendFigures figures(Reading end, Reading begin) {
    long sent = end.accepted - begin.accepted;
    double hundredThousands = sent / 1e5;
    return new SendFigures(
        sent / ((end.nanos - begin.nanos) / 1e9),
        (end.ownCpuSeconds - begin.ownCpuSeconds) / hundredThousands,
        (end.fakeCpuSeconds - begin.fakeCpuSeconds) / hundredThousands,
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        end.refused - begin.refused);
  }
}
