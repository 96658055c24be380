package dev.whileaway.worker.deliver;

import dev.whileaway.v1.Device;

/// Sends pushes. Safe for use by many threads; a call blocks its (virtual) thread until the outcome
/// is known, and never throws for what the other side did.
public interface PushSender extends AutoCloseable {

  /// Whether this sender serves the device's platform and app.
  boolean serves(Device device);

  Outcome send(Push push) throws InterruptedException;

  /// Takes a place for the push, so that nothing is left to wait for once it is sent. Blocks for a
  /// few seconds at most.
  default Reservation reserve(Push push) throws InterruptedException {
    return Reservation.free(() -> send(push));
  }

  /// How many sends have to end before one to this device begins; negative: so many may begin at
  /// once.
  default int ahead(Device device) {
    return 0;
  }

  /// Whether the device's app knows how to take a push back.
  default boolean retracts(Device device) {
    return false;
  }

  /// Takes a push back, if that delays nobody. Nothing depends on it.
  default Outcome retract(Retraction retraction) throws InterruptedException {
    return new Outcome.Rejected("expected an app that takes pushes back, but found none");
  }

  @Override
  void close();
}
