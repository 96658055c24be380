package dev.whileaway.worker.deliver.route;

/// Whose turn it is: where both wait, two of high importance, then one of low, so that neither
/// starves the other (TRAPS 33).
///
/// @param highInRow turns of high importance since the last of low
record Turns(int highInRow) {

  private static final int HIGH_IN_ROW_MAX = 2;

  static final Turns BEGIN = new Turns(0);

  /// At least one of them waits.
  Importance next(boolean highWaits, boolean lowWaits) {
    if (highWaits && lowWaits) {
      return highInRow < HIGH_IN_ROW_MAX ? Importance.HIGH : Importance.LOW;
    }
    return highWaits ? Importance.HIGH : Importance.LOW;
  }

  Turns taken(Importance turn) {
    return switch (turn) {
      case HIGH -> new Turns(Math.min(highInRow + 1, HIGH_IN_ROW_MAX));
      case LOW -> BEGIN;
    };
  }
}
