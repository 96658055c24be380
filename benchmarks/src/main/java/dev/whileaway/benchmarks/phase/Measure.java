package dev.whileaway.benchmarks.phase;

import dev.whileaway.benchmarks.load.Reading;

/// What one round of a phase came to.
///
/// @param value in the phase's unit
/// @param serverCores processors that the server kept busy on average; 0: not read
/// @param clientCores likewise of the client
public record Measure(double value, double serverCores, double clientCores) {

  public static Measure of(Reading reading) {
    return new Measure(
        reading.rate(),
        reading.serverCpu() / reading.seconds(),
        reading.clientCpu() / reading.seconds());
  }

  public static Measure of(double value) {
    return new Measure(value, 0, 0);
  }
}
