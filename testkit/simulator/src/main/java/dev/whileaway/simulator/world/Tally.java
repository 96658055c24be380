package dev.whileaway.simulator.world;

/// What happened in a run, or in many, in numbers.
public final class Tally {

  /// What is counted; the names are those of the report.
  public enum Kind {
    STEPS,
    COMMANDS,
    ACKNOWLEDGED_EVENTS,
    LOST_CALLS,
    LATE_CALLS,
    CRASHES,
    LEADER_CHANGES,
    SNAPSHOTS,
    RESTARTS,
    WORKER_STALLS,
    WORKER_DEATHS,
    PUSHES,
    RETRACTIONS,
    MAILS,
    REFUSED_SENDS,
    UNANSWERED_SENDS
  }

  private final long[] counts = new long[Kind.values().length];

  public void count(Kind kind) {
    add(kind, 1);
  }

  public void add(Kind kind, long times) {
    counts[kind.ordinal()] += times;
  }

  public void add(Tally other) {
    for (Kind kind : Kind.values()) {
      add(kind, other.of(kind));
    }
  }

  public long of(Kind kind) {
    return counts[kind.ordinal()];
  }
}
