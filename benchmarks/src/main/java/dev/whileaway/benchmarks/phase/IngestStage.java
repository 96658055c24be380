package dev.whileaway.benchmarks.phase;

import dev.whileaway.benchmarks.Contender;
import dev.whileaway.benchmarks.load.ClosedLoop;
import dev.whileaway.benchmarks.process.WorkFolder;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/// Events into an empty store for as long as the window is.
///
/// @param phase what it measures
/// @param lanes makes the connections
public record IngestStage(Phase phase, Lanes lanes) implements Stage {

  private static final int CONNECTIONS = 8;
  private static final int BATCH = 100;
  private static final int IN_FLIGHT = 64;

  /// How events are reported.
  interface Lanes {
    Crew of(Contender.Running life, Reports reports) throws IOException;
  }

  public static Stage batches() {
    return new IngestStage(
        Phase.INGEST_B,
        (life, reports) -> Crew.each(life, CONNECTIONS, client -> reports.lane(client, BATCH)));
  }

  public static Stage singles() {
    return new IngestStage(
        Phase.INGEST_1,
        (life, reports) ->
            Crew.on(life.connect(IN_FLIGHT), IN_FLIGHT, client -> reports.lane(client, 1)));
  }

  public static Stage stream() {
    return new IngestStage(
        Phase.INGEST_STREAM,
        (life, reports) ->
            Crew.on(life.stream(IN_FLIGHT), IN_FLIGHT, client -> reports.lane(client, 1)));
  }

  @Override
  public Set<Phase> phases() {
    return Set.of(phase);
  }

  @Override
  public Map<Phase, Measure> run(Contender contender, WorkFolder work, Plan plan, Set<Phase> wanted)
      throws IOException, InterruptedException {
    var reports = new Reports(plan.workload()::event, 0, Long.MAX_VALUE);
    try (var life = contender.start(work.next(contender.name()));
        var crew = lanes.of(life, reports)) {
      var reading = ClosedLoop.run(crew.lanes(), plan.pace(), life.process());
      return Map.of(phase, Measure.of(reading));
    }
  }

  /// Events `begin` to `end - 1` as fast as they go.
  static void fill(Contender.Running life, Reports reports)
      throws IOException, InterruptedException {
    try (var crew = Crew.each(life, CONNECTIONS, client -> reports.lane(client, BATCH))) {
      var _ = ClosedLoop.drain(crew.lanes(), Plan.PATIENCE);
    }
  }
}
