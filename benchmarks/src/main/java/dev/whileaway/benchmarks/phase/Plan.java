package dev.whileaway.benchmarks.phase;

import dev.whileaway.benchmarks.Workload;
import dev.whileaway.benchmarks.load.Pace;
import java.time.Duration;

/// How much is done.
///
/// @param pace of the phases that measure a rate
public record Plan(Workload workload, Pace pace) {

  /// Events of each user in a full store, on average.
  public static final int EVENTS_PER_USER = 5;

  /// What Whileaway keeps of a backlog unless it is told otherwise; beyond it events are counted.
  static final int EVENTS_PER_BACKLOG_MAX = 200;

  /// For a store to fill, or a phase to end; a machine that needs longer should do less.
  static final Duration PATIENCE = Duration.ofMinutes(30);

  public int users() {
    return workload.users();
  }
}
