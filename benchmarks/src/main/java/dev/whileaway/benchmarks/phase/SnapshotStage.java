package dev.whileaway.benchmarks.phase;

import dev.whileaway.benchmarks.Client;
import dev.whileaway.benchmarks.Contender;
import dev.whileaway.benchmarks.load.OpenLoop;
import dev.whileaway.benchmarks.load.Step;
import dev.whileaway.benchmarks.process.WorkFolder;
import java.io.IOException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.HdrHistogram.Histogram;

/// How soon a single event is acknowledged while a snapshot is written of a store in which every
/// user has changed since the last one, against the same without a snapshot.
///
/// Requests come at a steady rate, well below what a contender can do. In each turn every user gets
/// an event, then it is measured without a snapshot, then with one, for as long as it takes. The
/// first turn is the warm-up.
///
/// @param perSecond requests, of one event each
public record SnapshotStage(int perSecond) implements Stage {

  private static final int TURNS = 3;
  private static final int IN_FLIGHT = 64;
  private static final int DIGITS = 3;

  @Override
  public Set<Phase> phases() {
    return EnumSet.range(Phase.QUIET_P50, Phase.SNAPSHOT);
  }

  @Override
  public Map<Phase, Measure> run(Contender contender, WorkFolder work, Plan plan, Set<Phase> wanted)
      throws IOException, InterruptedException {
    try (var life = contender.start(work.next(contender.name()));
        Client client = life.connect(IN_FLIGHT)) {
      var singles =
          new Reports(plan.workload()::event, (TURNS + 1L) * plan.users(), Long.MAX_VALUE);
      var warmUp = new Acknowledgements();
      var acknowledgements = new Acknowledgements();
      for (int turn = 0; turn <= TURNS; turn++) {
        fill(life, plan, turn);
        turn(life, singles.lane(client, 1), plan, turn == 0 ? warmUp : acknowledgements);
      }
      return acknowledgements.measures();
    }
  }

  /// One event for every user.
  private static void fill(Contender.Running life, Plan plan, int turn)
      throws IOException, InterruptedException {
    long first = (long) turn * plan.users();
    IngestStage.fill(life, new Reports(plan.workload()::event, first, first + plan.users()));
  }

  private void turn(Contender.Running life, Step single, Plan plan, Acknowledgements into)
      throws IOException, InterruptedException {
    OpenLoop.run(single, perSecond, OpenLoop.lasting(plan.pace().warmUp().dividedBy(TURNS + 1)));
    into.quiet.add(OpenLoop.run(single, perSecond, OpenLoop.lasting(plan.pace().window())));
    long begun = System.nanoTime();
    CompletableFuture<Double> snapshot =
        CompletableFuture.supplyAsync(() -> {
          snapshot(life);
          return (System.nanoTime() - begun) / 1e9;
        });
    into.during.add(OpenLoop.run(single, perSecond, () -> !snapshot.isDone()));
    try {
      into.snapshotSeconds += snapshot.join() / TURNS;
    } catch (CompletionException e) {
      throw new IOException("expected a snapshot, but found " + e.getCause(), e);
    }
  }

  private static void snapshot(Contender.Running life) {
    try {
      life.snapshot();
    } catch (IOException e) {
      throw new CompletionException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  /// Microseconds until a request was acknowledged, of several turns.
  private static final class Acknowledgements {

    final Histogram quiet = new Histogram(DIGITS);
    final Histogram during = new Histogram(DIGITS);

    /// Of one snapshot, on average.
    double snapshotSeconds;

    Map<Phase, Measure> measures() {
      var measures = new EnumMap<Phase, Measure>(Phase.class);
      measures.put(Phase.QUIET_P50, millis(quiet, 50));
      measures.put(Phase.QUIET_P99, millis(quiet, 99));
      measures.put(Phase.QUIET_P999, millis(quiet, 99.9));
      measures.put(Phase.SNAPSHOT_P50, millis(during, 50));
      measures.put(Phase.SNAPSHOT_P99, millis(during, 99));
      measures.put(Phase.SNAPSHOT_P999, millis(during, 99.9));
      measures.put(Phase.SNAPSHOT_SPAN, Measure.of(snapshotSeconds));
      double with = during.getValueAtPercentile(99.9);
      measures.put(Phase.SNAPSHOT, Measure.of(with / quiet.getValueAtPercentile(99.9)));
      return measures;
    }

    private static Measure millis(Histogram micros, double percentile) {
      return Measure.of(micros.getValueAtPercentile(percentile) / 1e3);
    }
  }
}
