package dev.whileaway.benchmarks.phase;

import dev.whileaway.benchmarks.Client;
import dev.whileaway.benchmarks.Contender;
import dev.whileaway.benchmarks.process.ProcessUse;
import dev.whileaway.benchmarks.process.WorkFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;

/// What is done to a store in which every user has five events: its size, a kill and a restart,
/// then a third of the users are cleared by calls, a third on a stream, and the others told.
///
/// The events wait for their window, so that nothing happens by itself.
public final class StoreStage implements Stage {

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
      var users = new Slice(life, plan, 0, third);
      measures.put(Phase.CLEAR, users.clear(life.connect(Slice.CLEARS_IN_FLIGHT)));
    }
    if (wanted.contains(Phase.CLEAR_STREAM)) {
      var users = new Slice(life, plan, third, third);
      measures.put(Phase.CLEAR_STREAM, users.clear(life.stream(Slice.CLEARS_IN_FLIGHT)));
    }
    if (wanted.contains(Phase.DUE)) {
      var users = new Slice(life, plan, 2 * third, plan.users() - 2 * third);
      measures.put(Phase.DUE, users.tell());
    }
  }
}
