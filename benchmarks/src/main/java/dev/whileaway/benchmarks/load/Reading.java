package dev.whileaway.benchmarks.load;

import dev.whileaway.benchmarks.process.ProcessUse;
import java.io.IOException;

/// What the counters show at one moment, or, as a difference, what happened between two.
///
/// @param seconds since some moment
/// @param serverCpu seconds of processor, of the server with its descendants
/// @param clientCpu seconds of processor, of this process
public record Reading(long units, double seconds, double serverCpu, double clientCpu) {

  /// @param server whose seconds of processor are read
  public static Reading now(long units, ProcessHandle server) throws IOException {
    return new Reading(
        units,
        System.nanoTime() / 1e9,
        ProcessUse.cpuSeconds(server),
        ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9);
  }

  /// What happened since an earlier one.
  public Reading since(Reading begin) {
    return new Reading(
        units - begin.units,
        seconds - begin.seconds,
        serverCpu - begin.serverCpu,
        clientCpu - begin.clientCpu);
  }

  /// Units a second.
  public double rate() {
    return units / seconds;
  }
}
