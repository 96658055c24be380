package dev.whileaway.benchmarks.scale;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whileaway.benchmarks.Contender;
import dev.whileaway.benchmarks.Workload;
import dev.whileaway.benchmarks.Workload.Spread;
import dev.whileaway.benchmarks.load.Pace;
import dev.whileaway.benchmarks.phase.IngestStage;
import dev.whileaway.benchmarks.phase.Phase;
import dev.whileaway.benchmarks.phase.Plan;
import dev.whileaway.benchmarks.phase.StoreStage;
import dev.whileaway.benchmarks.report.Comparison;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Runs one contender at several sizes and lays out what came of it.
///
/// @param points in the order of the run
public record Scaling(List<Point> points) {

  /// What is measured, and what a reader is told of it.
  private static final SequencedMap<Phase, String> TITLES = titles();

  private static SequencedMap<Phase, String> titles() {
    var titles = new LinkedHashMap<Phase, String>();
    titles.put(Phase.INGEST_B, "Events taken, a hundred a request (events/s)");
    titles.put(Phase.CLEAR, "Users cleared (users/s)");
    titles.put(Phase.DUE, "Digests pulled and confirmed (digests/s)");
    titles.put(Phase.MEMORY, "Memory of each waiting event (bytes)");
    titles.put(Phase.RESTART, "From kill -9 to the first read (s)");
    return titles;
  }

  /// @param rounds of each size, of which the median is told
  /// @param progress takes a line for each part
  public static Scaling run(
      Contender contender,
      List<Workload> workloads,
      Pace pace,
      int rounds,
      Consumer<String> progress)
      throws IOException, InterruptedException {
    var points = new ArrayList<Point>();
    for (Workload workload : workloads) {
      var rows =
          Comparison.run(
              List.of(IngestStage.batches(), new StoreStage()),
              TITLES.keySet(),
              List.of(contender),
              new Plan(workload, pace),
              rounds,
              line -> progress.accept("%,d users, ".formatted(workload.users()) + line));
      var medians = new EnumMap<Phase, Double>(Phase.class);
      for (var row : rows) {
        row.cell(contender.name()).ifPresent(cell -> medians.put(row.phase(), cell.median()));
      }
      if (medians.isEmpty()) {
        throw new IOException("expected figures, but every part failed; see what was said of it");
      }
      points.add(new Point(workload, medians));
    }
    return new Scaling(points);
  }

  /// A line for each size.
  public String table() {
    var text = new StringBuilder("%10s %-8s".formatted("users", "spread"));
    TITLES.keySet().forEach(phase -> text.append(" %22s".formatted(heading(phase))));
    for (Point point : points) {
      text.append("%n%10d %-8s".formatted(point.workload().users(), point.spread()));
      for (Phase phase : TITLES.keySet()) {
        Double median = point.medians().get(phase);
        text.append(" %22s".formatted(median == null ? "-" : "%,.1f".formatted(median)));
      }
    }
    return text.append("%n".formatted()).toString();
  }

  private static String heading(Phase phase) {
    return phase.id() + ", " + phase.unit();
  }

  /// A list of objects with `users`, `spread`, and each phase's median by its name.
  public String json() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Point point : points) {
      ObjectNode to = all.addObject();
      to.put("users", point.workload().users()).put("spread", point.spread());
      point.medians().forEach((phase, median) -> to.put(phase.id(), median));
    }
    return all.toPrettyString();
  }

  /// A chart for each phase.
  public String svg() {
    return Plot.of(
        "Whileaway, as users grow",
        "users",
        TITLES.entrySet().stream()
            .map(chart -> new Plot.Chart(chart.getValue(), lines(chart.getKey())))
            .filter(chart -> !chart.lines().isEmpty())
            .toList());
  }

  private List<Plot.Line> lines(Phase phase) {
    return Stream.of(Spread.values())
        .map(spread -> new Plot.Line(name(spread), dots(phase, spread)))
        .filter(line -> !line.dots().isEmpty())
        .toList();
  }

  private static String name(Spread spread) {
    return switch (spread) {
      case EVEN -> "five events for each user";
      case ZIPF -> "as many, by Zipf's law";
    };
  }

  private List<Plot.Dot> dots(Phase phase, Spread spread) {
    return points.stream()
        .filter(point -> point.workload().spread() == spread)
        .filter(point -> point.medians().containsKey(phase))
        .map(point -> new Plot.Dot(point.workload().users(), point.medians().get(phase)))
        .sorted(Comparator.comparingDouble(Plot.Dot::size))
        .toList();
  }
}
