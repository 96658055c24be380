package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.Workload;
import dev.whileaway.benchmarks.Workload.Spread;
import dev.whileaway.benchmarks.scale.Scaling;
import dev.whileaway.benchmarks.whileaway.WhileawayContender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./whileaway bench scale`.
@Command(
    name = "scale",
    description =
        "Measures how the cost of an event, a clear and a digest changes as there are more users.",
    footer = "  ./whileaway bench scale --users 100000,300000 --zipf --svg scale.svg")
final class BenchScaleCommand extends ShellCommand implements Callable<Integer> {

  @Option(
      names = "--users",
      paramLabel = "N",
      split = ",",
      defaultValue = "100000,1000000,10000000",
      description = "Sizes; ${DEFAULT-VALUE} unless given.")
  private List<Integer> users = List.of();

  @Option(
      names = "--zipf",
      description = "At each size also with most events for few users (Zipf, exponent 1).")
  private boolean zipf;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1",
      description = "Rounds of each size; ${DEFAULT-VALUE} unless given.")
  private int rounds;

  @Mixin private final PaceOptions pace = new PaceOptions();

  @Option(names = "--svg", paramLabel = "FILE", description = "Takes a plot.")
  private @Nullable Path svg;

  @Option(names = "--json", paramLabel = "FILE", description = "Takes the figures too.")
  private @Nullable Path json;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    BenchRun.require("--rounds", rounds);
    try {
      var scaling =
          Scaling.run(
              new WhileawayContender(BenchServe::start),
              workloads(),
              pace.pace(),
              rounds,
              this::say);
      out().print(scaling.table());
      out().flush();
      write(json, scaling.json() + System.lineSeparator());
      write(svg, scaling.svg());
      return DONE;
    } catch (IOException e) {
      throw CommandFailure.failed(e);
    }
  }

  private List<Workload> workloads() throws CommandFailure {
    var workloads = new ArrayList<Workload>();
    try {
      for (int size : users) {
        workloads.add(new Workload(size));
        if (zipf) {
          workloads.add(new Workload(size, Spread.ZIPF));
        }
      }
      return workloads;
    } catch (IllegalArgumentException e) {
      throw CommandFailure.badInput("--users: " + e.getMessage());
    }
  }

  private static void write(@Nullable Path file, String text) throws IOException {
    if (file != null) {
      Files.writeString(file, text);
    }
  }
}
