package dev.whileaway.ops.crash;

/// Something that must not be.
///
/// @param event its id; empty: it is of no single event
/// @param text what was expected and what was found
record Finding(Kind kind, String user, String event, String text) {

  /// What was broken.
  enum Kind {
    /// An acknowledged event of which nothing is known, or which was never received though the
    /// ledger calls it told.
    LOST,
    /// One event, or one digest, twice on one channel.
    TOLD_TWICE,
    /// Ledger, provider and driver tell different stories.
    DISAGREEMENT
  }

  @Override
  public String toString() {
    return "%s: %s%s: %s".formatted(kind, user, event.isEmpty() ? "" : ", " + event, text);
  }
}
