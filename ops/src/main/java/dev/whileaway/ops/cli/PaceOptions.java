package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.load.Pace;
import java.time.Duration;
import picocli.CommandLine.Option;

/// How long a rate is measured.
final class PaceOptions {

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "10",
      description = "How long each rate is measured; ${DEFAULT-VALUE} unless given.")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      defaultValue = "30",
      description = "Seconds before each rate is measured; ${DEFAULT-VALUE} unless given.")
  private int warmUp;

  /// @throws CommandFailure if there is nothing to measure
  Pace pace() throws CommandFailure {
    BenchRun.require("--seconds", seconds);
    return new Pace(Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
  }
}
