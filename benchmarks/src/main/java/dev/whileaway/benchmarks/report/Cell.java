package dev.whileaway.benchmarks.report;

import dev.whileaway.benchmarks.phase.Measure;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What all rounds of a phase came to for one contender.
///
/// @param median of the rounds
/// @param min of the rounds
/// @param max of the rounds
/// @param serverCores median of the processors that the server kept busy
/// @param clientCores likewise of the client
public record Cell(double median, double min, double max, double serverCores, double clientCores) {

  static Cell of(List<Measure> rounds) {
    double[] values = sorted(rounds, Measure::value);
    return new Cell(
        median(values),
        values[0],
        values[values.length - 1],
        median(sorted(rounds, Measure::serverCores)),
        median(sorted(rounds, Measure::clientCores)));
  }

  private static double[] sorted(List<Measure> rounds, ToDoubleFunction<Measure> of) {
    return rounds.stream().mapToDouble(of).sorted().toArray();
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
