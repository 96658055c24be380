package dev.whileaway.simulator.audit;

/// One lease, with those that took its place after a STALE.
final class LeaseTrace {

  final long id;

  /// How many of its user's urgent events were in the log before it.
  final int urgentsBefore;

  /// When the shard first answered GO.
  long goStep = EventTrace.NEVER;

  LeaseTrace(long id, int urgentsBefore) {
    this.id = id;
    this.urgentsBefore = urgentsBefore;
  }

  boolean isGo() {
    return goStep != EventTrace.NEVER;
  }
}
