package dev.whileaway.worker.deliver.route;

/// How much the pushes of an app matter.
public enum Importance {
  /// While its provider is banned, digests go to the ladder's next step. Two turns for each one of
  /// low importance when both wait.
  HIGH,
  /// While its provider is banned, digests are dropped, and counted.
  LOW
}
