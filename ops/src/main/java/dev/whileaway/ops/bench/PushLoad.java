package dev.whileaway.ops.bench;

import dev.whileaway.benchmarks.process.ProcessUse;
import dev.whileaway.templates.PushText;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Reservation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/// As many pushes as a platform's route takes, each with a place of its own as the pipeline has it.
final class PushLoad {

  /// More than the route begins with, so that it has a reason to grow, and fewer than its queue and
  /// its begin together, so that none is refused. Long after this benchmark.
  private static final Instant NEVER = Instant.ofEpochSecond(4_000_000_000L);

  private static final int LANES = 280;

  private static final int TOKENS = 20_000;
  private static final Duration FULL_PAUSE = Duration.ofMillis(2);
  private static final PushText TEXT =
      new PushText(
          "Совпадение и 3 сообщения",
          "Вы нравитесь друг другу с Борисом; Анна и ещё двое написали вам",
          "Вы нравитесь друг другу с Борисом; Анна и ещё двое написали вам",
          "https://example.com/inbox",
          4);

  private final PushSender sender;
  private final Platform platform;
  private final String app;
  private final AtomicLong number = new AtomicLong();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private volatile ConcurrentHistogram micros = histogram();
  private volatile boolean stopped;

  PushLoad(PushSender sender, Platform platform, String app) {
    this.sender = sender;
    this.platform = platform;
    this.app = app;
  }

  /// Runs until the window is over, and counts what ends in it.
  PushFigures run(FakeProviderProcess fake, Duration warmUp, Duration window)
      throws IOException, InterruptedException {
    try (ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < LANES; i++) {
        lanes.submit(this::lane);
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
      switch (sender.reserve(push())) {
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

  private Push push() {
    long n = number.getAndIncrement();
    String token = "%064x".formatted(n % TOKENS);
    var device = Device.newBuilder().setPlatform(platform).setApp(app).setToken(token).build();
    return new Push(device, "digest-" + n, "user-" + n % TOKENS, TEXT, false, NEVER);
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

  private PushFigures figures(Reading end, Reading begin) {
    long pushes = end.accepted - begin.accepted;
    double hundredThousands = pushes / 1e5;
    return new PushFigures(
        pushes / ((end.nanos - begin.nanos) / 1e9),
        (end.ownCpuSeconds - begin.ownCpuSeconds) / hundredThousands,
        (end.fakeCpuSeconds - begin.fakeCpuSeconds) / hundredThousands,
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        end.refused - begin.refused);
  }
}
