package dev.whileaway.simulator.audit;

/// One lease, with those that took its place after a STALE.
final class LeaseTrace {

  final long id;
  final long grantedStep;

  /// When the shard first answered GO.
  long goStep = EventTrace.NEVER;

  LeaseTrace(long id, long grantedStep) {
    this.id = id;
    this.grantedStep = grantedStep;
  }

  boolean isGo() {
    return goStep != EventTrace.NEVER;
  }
}
