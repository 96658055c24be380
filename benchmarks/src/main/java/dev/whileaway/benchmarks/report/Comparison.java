package dev.whileaway.benchmarks.report;

import dev.whileaway.benchmarks.Contender;
import dev.whileaway.benchmarks.phase.FsyncFloor;
import dev.whileaway.benchmarks.phase.Measure;
import dev.whileaway.benchmarks.phase.Phase;
import dev.whileaway.benchmarks.phase.Plan;
import dev.whileaway.benchmarks.phase.Stage;
import dev.whileaway.benchmarks.process.WorkFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Runs stages on contenders by turns, A B A B, so that a machine whose mood changes is unfair to
/// nobody, and keeps what came out.
public final class Comparison {

  private static final Duration FLOOR_WINDOW = Duration.ofSeconds(3);

  private final List<Contender> contenders;
  private final Map<Phase, Map<String, List<Measure>>> measures = new EnumMap<>(Phase.class);

  private Comparison(List<Contender> contenders) {
    this.contenders = contenders;
  }

  /// @param wanted the phases; stages without any of them are left out
  /// @param progress takes a line for each stage of each contender
  public static List<Row> run(
      List<Stage> stages,
      Set<Phase> wanted,
      List<Contender> contenders,
      Plan plan,
      int rounds,
      Consumer<String> progress)
      throws IOException, InterruptedException {
    var comparison = new Comparison(contenders);
    try (var work = WorkFolder.make()) {
      for (int round = 1; round <= rounds; round++) {
        if (wanted.contains(Phase.FSYNC)) {
          var floor = FsyncFloor.measure(work.path(), FLOOR_WINDOW);
          comparison.keep(wanted, Phase.FSYNC, Row.DISK, Measure.of(floor.perSecond()));
        }
        for (Stage stage : stages) {
          var here = EnumSet.copyOf(stage.phases());
          here.retainAll(wanted);
          if (!here.isEmpty()) {
            String label = "round %d of %d: %s, ".formatted(round, rounds, names(here));
            comparison.turn(stage, here, plan, work, line -> progress.accept(label + line));
          }
        }
      }
    }
    return comparison.rows();
  }

  /// One that fails has one round less.
  private void turn(
      Stage stage, Set<Phase> wanted, Plan plan, WorkFolder work, Consumer<String> progress)
      throws IOException, InterruptedException {
    for (Contender contender : contenders.stream().filter(stage::takes).toList()) {
      progress.accept(contender.name());
      try {
        stage
            .run(contender, work, plan, wanted)
            .forEach((phase, measure) -> keep(wanted, phase, contender.name(), measure));
      } catch (IOException e) {
        // What the others did, and the rounds before, must not be lost with it.
        progress.accept(contender.name() + " failed, and is left out here: " + e.getMessage());
      }
      work.empty();
    }
  }

  private void keep(Set<Phase> wanted, Phase phase, String contender, Measure measure) {
    if (wanted.contains(phase)) {
      measures
          .computeIfAbsent(phase, _ -> new LinkedHashMap<>())
          .computeIfAbsent(contender, _ -> new ArrayList<>())
          .add(measure);
    }
  }

  private List<Row> rows() {
    var rows = new ArrayList<Row>();
    measures.forEach((phase, byContender) -> {
      var cells = new LinkedHashMap<String, Cell>();
      byContender.forEach((name, rounds) -> cells.put(name, Cell.of(rounds)));
      rows.add(new Row(phase, cells));
    });
    return rows;
  }

  private static String names(Set<Phase> phases) {
    return String.join(", ", phases.stream().map(Phase::id).toList());
  }
}
