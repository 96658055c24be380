package dev.whileaway.ops.crash;

import io.grpc.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What a server has to do in one life: reports from several threads, and users who come and see.
record Load(Channel channel, Cohort cohort, Reporters reporters, long seed) {

  private static final Duration BETWEEN_REPORTS = Duration.ofMillis(20);
  private static final Duration BETWEEN_VISITS = Duration.ofMillis(50);

  /// When a server is killed: returns then.
  interface Moment {
    void await() throws IOException, InterruptedException;
  }

  /// Kills the server at a moment, and works until then.
  void untilKilled(ProcessHandle server, Moment moment) throws IOException, InterruptedException {
    List<Callable<Void>> parts = new ArrayList<>();
    for (int i = 0; i < Reporters.THREADS; i++) {
      var random = new Random(seed + i);
      parts.add(repeat(server, BETWEEN_REPORTS, () -> reporters.report(channel, cohort, random)));
    }
    var random = new Random(seed - 1);
    parts.add(repeat(server, BETWEEN_VISITS, () -> Visitors.see(channel, cohort, random)));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> running = parts.stream().map(threads::submit).toList();
      try {
        moment.await();
      } finally {
        server.destroyForcibly();
      }
      for (Future<Void> part : running) {
        part.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("expected answers or a death, but found " + e.getCause(), e);
    }
  }

  private static Callable<Void> repeat(ProcessHandle server, Duration pause, Runnable work) {
    return () -> {
      do {
        work.run();
      } while (!diesWithin(server, pause));
      return null;
    };
  }

  private static boolean diesWithin(ProcessHandle server, Duration time)
      throws InterruptedException, ExecutionException {
    try {
      var _ = server.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }
}
