package dev.whileaway.benchmarks.phase;

import dev.whileaway.benchmarks.Client;
import dev.whileaway.benchmarks.Contender;
import dev.whileaway.benchmarks.WorkEvent;
import dev.whileaway.benchmarks.load.ClosedLoop;
import dev.whileaway.benchmarks.load.Step;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/// Users of a full store who lose their events, each of them once: first a share of them, again and
/// again until the warm-up is over, then the others, which is measured.
///
/// @param first of the workload's users
record Slice(Contender.Running life, Plan plan, long first, long users) {

  static final int CLEARS_IN_FLIGHT = 64;
  private static final int WORKERS = 4;
  private static final int PULL_LIMIT = 100;
  private static final int WARM_UP_SHARE = 3;

  /// What a warm-up repeats.
  private interface Round {
    void run(int number) throws IOException, InterruptedException;
  }

  /// By one request for each user.
  Measure clear(Client connection) throws IOException, InterruptedException {
    var next = new AtomicLong();
    var end = new AtomicLong();
    try (var crew = Crew.on(connection, CLEARS_IN_FLIGHT, client -> clears(client, next, end))) {
      warmUp(round -> {
        if (round > 0) {
          for (int event = 0; event < Plan.EVENTS_PER_USER; event++) {
            report(plan.workload()::event, round * Plan.EVENTS_PER_USER + event, first, warm());
          }
        }
        next.set(first);
        end.set(warm());
        var _ = ClosedLoop.drain(crew.lanes(), Plan.PATIENCE);
      });
      next.set(warm());
      end.set(first + users);
      return Measure.of(ClosedLoop.run(crew.lanes(), plan.pace().warm(), life.process()));
    }
  }

  private Step clears(Client client, AtomicLong next, AtomicLong end) {
    return () -> {
      long k = next.getAndIncrement();
      return k < end.get()
          ? client.clear(plan.workload().user(k))
          : CompletableFuture.completedFuture(0);
    };
  }

  /// By pull and confirm, after an urgent event for each has made them due.
  Measure tell() throws IOException, InterruptedException {
    try (var crew = Crew.each(life, WORKERS, Slice::worker)) {
      warmUp(round -> {
        report(plan.workload()::urgent, round, first, warm());
        var _ = ClosedLoop.drain(crew.lanes(), Plan.PATIENCE);
      });
      report(plan.workload()::urgent, 0, warm(), first + users);
      return Measure.of(ClosedLoop.run(crew.lanes(), plan.pace().warm(), life.process()));
    }
  }

  private static Step worker(Client client) {
    return () ->
        client
            .pull(PULL_LIMIT)
            .thenCompose(claims ->
                claims.users() == 0
                    ? CompletableFuture.completedFuture(0)
                    : client.confirm(claims));
  }

  /// Behind the last user of the warm-up.
  private long warm() {
    return first + users / WARM_UP_SHARE;
  }

  /// At least once.
  private void warmUp(Round round) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    int number = 0;
    do {
      round.run(number++);
    } while (System.nanoTime() - begun < plan.pace().warmUp().toNanos());
  }

  /// One event for each user from `from` to `to - 1`.
  ///
  /// @param pass another for each, and none that filled the store
  private void report(LongFunction<WorkEvent> events, int pass, long from, long to)
      throws IOException, InterruptedException {
    long passed = (long) (Plan.EVENTS_PER_USER + pass) * plan.users();
    IngestStage.fill(life, new Reports(events, passed + from, passed + to));
  }
}
