package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.Contender;
import dev.whileaway.benchmarks.Workload;
import dev.whileaway.benchmarks.peer.Programs;
import dev.whileaway.benchmarks.peer.postgres.PostgresContender;
import dev.whileaway.benchmarks.peer.redis.RedisContender;
import dev.whileaway.benchmarks.phase.IngestStage;
import dev.whileaway.benchmarks.phase.Phase;
import dev.whileaway.benchmarks.phase.Plan;
import dev.whileaway.benchmarks.phase.SnapshotStage;
import dev.whileaway.benchmarks.phase.Stage;
import dev.whileaway.benchmarks.phase.StoreStage;
import dev.whileaway.benchmarks.report.Comparison;
import dev.whileaway.benchmarks.report.Row;
import dev.whileaway.benchmarks.report.RowsJson;
import dev.whileaway.benchmarks.report.Table;
import dev.whileaway.benchmarks.whileaway.PresenceStage;
import dev.whileaway.benchmarks.whileaway.WhileawayContender;
import dev.whileaway.ops.serve.RunningClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A command that runs some phases of workload W on Whileaway and its peers, side by side.
@Command
abstract class BenchRun extends ShellCommand implements Callable<Integer> {

  /// Requests a second while snapshots are written: well below what each contender can do.
  static final int SNAPSHOT_RATE = 2_000;

  private static final List<String> COLUMNS = List.of("whileaway", "p2", "postgres");

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Users of the workload; ${DEFAULT-VALUE} unless given.")
  private int users;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds, of which the median is told; ${DEFAULT-VALUE} unless given.")
  private int rounds;

  @Mixin private final PaceOptions pace = new PaceOptions();

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Whom to run: whileaway, p2, postgres; all unless given.")
  private List<String> only = COLUMNS;

  @Option(
      names = "--phase",
      paramLabel = "NAME",
      split = ",",
      description = "Which rows, such as ingest-1; all of this command unless given.")
  private List<String> named = List.of();

  @Option(names = "--json", paramLabel = "FILE", description = "Write the rows as JSON too.")
  private @Nullable Path json;

  abstract Set<Phase> phases();

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    require("--rounds", rounds);
    require("--users", users);
    try {
      List<Row> rows = Comparison.run(stages(), wanted(), contenders(), plan(), rounds, this::say);
      out().print(Table.of(rows, COLUMNS));
      out().flush();
      if (json != null) {
        Files.writeString(json, RowsJson.of(rows, COLUMNS) + System.lineSeparator());
      }
      return DONE;
    } catch (IOException e) {
      throw CommandFailure.failed(e);
    }
  }

  private Set<Phase> wanted() throws CommandFailure {
    Set<Phase> wanted = EnumSet.copyOf(phases());
    for (String name : named) {
      if (wanted.stream().noneMatch(phase -> phase.id().equals(name))) {
        throw CommandFailure.badInput(
            "--phase: expected one of %s, but found \"%s\""
                .formatted(
                    phases().stream().map(Phase::id).collect(Collectors.joining(", ")), name));
      }
    }
    wanted.removeIf(phase -> !named.isEmpty() && !named.contains(phase.id()));
    return wanted;
  }

  static void require(String option, int given) throws CommandFailure {
    if (given < 1) {
      throw CommandFailure.badInput(option + ": expected 1 or more, but found " + given);
    }
  }

  /// In the order in which they run; those without a wanted phase do not.
  List<Stage> stages() throws CommandFailure {
    return List.of(
        IngestStage.batches(),
        IngestStage.singles(),
        IngestStage.stream(),
        new StoreStage(),
        new SnapshotStage(SNAPSHOT_RATE),
        new PresenceStage(BenchServe::start, BenchTouches::open));
  }

  private Plan plan() throws CommandFailure {
    try {
      return new Plan(new Workload(users), pace.pace());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.badInput("--users: " + e.getMessage());
    }
  }

  private List<Contender> contenders() throws IOException {
    InstantSource clock = new RunningClock(Optional.empty());
    var contenders = new ArrayList<Contender>();
    contenders.add(new WhileawayContender(BenchServe::start));
    Programs.redisServer(this::say)
        .ifPresent(server -> contenders.add(new RedisContender(server, clock)));
    Programs.postgres(this::say)
        .ifPresent(programs -> contenders.add(new PostgresContender(programs, clock)));
    contenders.removeIf(contender -> !only.contains(contender.name()));
    return contenders;
  }
}
