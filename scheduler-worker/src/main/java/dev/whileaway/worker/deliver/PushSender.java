package dev.whileaway.worker.deliver;

import dev.whileaway.v1.Device;
import java.util.List;
import java.util.Optional;

/// Sends pushes. Safe for use by many threads; a call blocks its (virtual) thread until the outcome
/// is known, and never throws for what the other side did.
public interface PushSender extends AutoCloseable {

  /// Whether this sender serves the device's platform and app.
  boolean serves(Device device);

  /// The servers that its pushes go to: each fails by itself, and has a route of its own. Few, and
  /// fixed from the start.
  default List<String> servers() {
    return List.of("");
  }

  /// Which of them a device's pushes go to; empty: none, and [#reserve] refuses.
  default Optional<String> server(Device device) {
    return Optional.of("");
  }

  Outcome send(Push push) throws InterruptedException;

  /// Takes a place for the push, so that nothing is left to wait for once it is sent. Blocks for a
  /// few seconds at most.
  default Reservation reserve(Push push) throws InterruptedException {
    return Reservation.free(() -> send(push));
  }

  /// The same for a further push of a digest that has a place on the same way: they go together,
  /// and this one waits for nothing.
  default Reservation accompany(Push push) throws InterruptedException {
    return reserve(push);
  }

  /// The way to a device.
  default Way way(Device device) {
    return Way.OPEN;
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
