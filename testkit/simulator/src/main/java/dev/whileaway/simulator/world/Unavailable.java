package dev.whileaway.simulator.world;

/// A shard, or the way to it, does not answer now. What was asked may have been done.
public final class Unavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Unavailable(String message) {
    super(message, null, false, false);
  }
}
