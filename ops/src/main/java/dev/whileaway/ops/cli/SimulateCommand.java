package dev.whileaway.ops.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whileaway.simulator.Simulator;
import dev.whileaway.simulator.Simulator.Violation;
import dev.whileaway.simulator.world.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./whileaway simulate`.
@Command(
    name = "simulate",
    description =
        "Plays seeds: the real shards and workers in virtual time, while calls get lost, workers"
            + " die, shards crash and providers refuse. After each step it checks that nothing"
            + " acknowledged is lost and nobody is told twice, or what they have seen or"
            + " unsubscribed from.",
    exitCodeList = {"0:no seed broke a rule", "1:a seed broke a rule, or failed", "2:bad input"},
    footer = {
      "  ./whileaway simulate --seeds 100000 --report simulation.json",
      "  ./whileaway simulate --from 4711 --seeds 1"
    })
final class SimulateCommand extends ShellCommand implements Callable<Integer> {

  private static final long PROGRESS_NANOS = 5_000_000_000L;

  /// Where many seeds fail, more of them tell nothing new.
  private static final int VIOLATIONS_MAX = 10;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many are played; ${DEFAULT-VALUE} unless given.")
  private long seeds;

  @Option(
      names = "--from",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "The first one; ${DEFAULT-VALUE} unless given.")
  private long from;

  @Mixin private final ReportFile report = new ReportFile();

  private final Simulator simulator = new Simulator();
  private final List<Violation> violations = new ArrayList<>();

  @Override
  public Integer call() throws CommandFailure {
    if (seeds < 1) {
      throw CommandFailure.badInput("--seeds: expected 1 or more, but found " + seeds);
    }
    report.check();
    long begun = System.nanoTime();
    long played = play(begun);
    Map<String, Object> figures = figures(played, (System.nanoTime() - begun) / 1e9);
    figures.forEach(
        (name, value) -> out().printf(Locale.ROOT, "%-20s %14s%n", name.replace('_', ' '), value));
    out().flush();
    write(figures);
    return violations.isEmpty() ? DONE : FAILED;
  }

  /// How many seeds were played.
  private long play(long begun) {
    long told = begun;
    long played = 0;
    while (played < seeds && violations.size() < VIOLATIONS_MAX) {
      simulator.play(from + played).ifPresent(this::violated);
      played++;
      if (System.nanoTime() - told > PROGRESS_NANOS) {
        told = System.nanoTime();
        shell()
            .getErr()
            .printf("%d of %d seeds, %d violations%n", played, seeds, violations.size());
        shell().getErr().flush();
      }
    }
    return played;
  }

  private void violated(Violation violation) {
    violations.add(violation);
    out().println(violation);
    out().printf("play it again: ./whileaway simulate --from %d --seeds 1%n%n", violation.seed());
    out().flush();
  }

  private Map<String, Object> figures(long played, double seconds) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("seeds", played);
    for (Tally.Kind kind : Tally.Kind.values()) {
      figures.put(kind.name().toLowerCase(Locale.ROOT), simulator.tally().of(kind));
    }
    figures.put("sends", sends());
    figures.put("violations", violations.size());
    figures.put("seconds", Math.round(seconds * 10) / 10.0);
    figures.put("seeds_per_second", Math.round(played / seconds));
    return figures;
  }

  private long sends() {
    return simulator.tally().of(Tally.Kind.PUSHES) + simulator.tally().of(Tally.Kind.MAILS);
  }

  private void write(Map<String, Object> figures) throws CommandFailure {
    try {
      report.write(new ObjectMapper().writeValueAsString(figures));
    } catch (IOException e) {
      throw CommandFailure.failed(e);
    }
  }
}
