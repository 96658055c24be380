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

  @Override
  void close();
}
