package dev.whileaway.simulator.clockwork;

/// Whoever runs is dead, here and now. An error, so that no code under test takes it for a failure
/// that it may handle.
public final class Killed extends Error {

  private static final long serialVersionUID = 1L;

  public Killed() {
    super("killed", null, false, false);
  }
}
