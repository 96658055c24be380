package dev.whileaway.benchmarks.phase;

import dev.whileaway.benchmarks.Client;
import dev.whileaway.benchmarks.Contender;
import dev.whileaway.benchmarks.load.ClosedLoop;
import dev.whileaway.benchmarks.load.Step;
import dev.whileaway.benchmarks.process.ProcessUse;
import dev.whileaway.benchmarks.process.WorkFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;

/// What is done to a store in which every user has five events: its size, a kill and a restart,
/// then a third of the users are cleared by calls, a third on a stream, and the others told.
///
/// The events wait for their window, so that nothing happens by itself; before DUE each user that
/// is left gets one more, an urgent one, and all are due.
public final class StoreStage implements Stage {

  private static final int CLEARS_IN_FLIGHT = 64;
  private static final int WORKERS = 4;
  private static final int PULL_LIMIT = 100;

  /// The warm-up of a phase that uses users up ends at this share of them.
  private static final int WARM_UP_SHARE = 3;

  @Override
  public Set<Phase> phases() {
    return EnumSet.range(Phase.MEMORY, Phase.DUE);
  }

  @Override
  public Map<Phase, Measure> run(Contender contender, WorkFolder work, Plan plan, Set<Phase> wanted)
      throws IOException, InterruptedException {
    var measures = new EnumMap<Phase, Measure>(Phase.class);
    Path folder = work.next(contender.name());
    try (var first = contender.start(folder)) {
      size(first, folder, plan, measures);
      if (!wanted.contains(Phase.RESTART)) {
        clearAndTell(first, plan, wanted, measures);
        return measures;
      }
      ProcessUse.kill(first.process());
    }
    long user = plan.workload().user(0);
    long reported = plan.workload().eventsOf(user, (long) plan.users() * Plan.EVENTS_PER_USER);
    long begun = System.nanoTime();
    try (var second = contender.start(folder)) {
      requireWaiting(second, user, reported);
      measures.put(Phase.RESTART, Measure.of((System.nanoTime() - begun) / 1e9));
      clearAndTell(second, plan, wanted, measures);
    }
    return measures;
  }

  private static void size(
      Contender.Running life, Path folder, Plan plan, Map<Phase, Measure> measures)
      throws IOException, InterruptedException {
    long emptyMemory = life.neededBytes();
    long emptyDisk = WorkFolder.bytes(folder);
    long events = (long) plan.users() * Plan.EVENTS_PER_USER;
    IngestStage.fill(life, new Reports(plan.workload()::event, 0, events));
    double memory = life.neededBytes() - emptyMemory;
    double disk = WorkFolder.bytes(folder) - emptyDisk;
    long kept = plan.workload().kept(events, Plan.EVENTS_PER_BACKLOG_MAX);
    measures.put(Phase.MEMORY, Measure.of(memory / kept));
    measures.put(Phase.DISK, Measure.of(disk / kept));
  }

  /// The first real read, and the proof that nothing acknowledged was lost of that user.
  private static void requireWaiting(Contender.Running life, long user, long reported)
      throws IOException {
    try (Client client = life.connect(1)) {
      int waiting = client.waiting(user).toCompletableFuture().join();
      if (waiting != reported) {
        throw new IOException(
            "expected %d events after the restart, but found %d".formatted(reported, waiting));
      }
    } catch (CompletionException e) {
      throw new IOException("expected a read after the restart, but found " + e.getCause(), e);
    }
  }

  private static void clearAndTell(
      Contender.Running life, Plan plan, Set<Phase> wanted, Map<Phase, Measure> measures)
      throws IOException, InterruptedException {
    long third = plan.users() / 3;
    if (wanted.contains(Phase.CLEAR)) {
      measures.put(Phase.CLEAR, clear(life, life.connect(CLEARS_IN_FLIGHT), plan, 0, third));
    }
    if (wanted.contains(Phase.CLEAR_STREAM)) {
      measures.put(
          Phase.CLEAR_STREAM, clear(life, life.stream(CLEARS_IN_FLIGHT), plan, third, third));
    }
    if (wanted.contains(Phase.DUE)) {
      long first = (long) plan.users() * Plan.EVENTS_PER_USER;
      long passed = first + 2 * third;
      IngestStage.fill(life, new Reports(plan.workload()::urgent, passed, first + plan.users()));
      measures.put(Phase.DUE, tell(life, plan));
    }
  }

  /// Clears so many users, from `first` on.
  private static Measure clear(
      Contender.Running life, Client connection, Plan plan, long first, long users)
      throws IOException, InterruptedException {
    var next = new AtomicLong(first);
    long end = first + users;
    try (var crew =
        Crew.on(connection, CLEARS_IN_FLIGHT, client -> clears(client, plan, next, end))) {
      var pace = plan.pace().warmingUpBy(users / WARM_UP_SHARE);
      return Measure.of(ClosedLoop.run(crew.lanes(), pace, life.process()));
    }
  }

  private static Step clears(Client client, Plan plan, AtomicLong next, long end) {
    return () -> {
      long k = next.getAndIncrement();
      return k < end ? client.clear(plan.workload().user(k)) : CompletableFuture.completedFuture(0);
    };
  }

  private static Measure tell(Contender.Running life, Plan plan)
      throws IOException, InterruptedException {
    try (var crew = Crew.each(life, WORKERS, StoreStage::worker)) {
      var pace = plan.pace().warmingUpBy(plan.users() / 3 / WARM_UP_SHARE);
      return Measure.of(ClosedLoop.run(crew.lanes(), pace, life.process()));
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
}
