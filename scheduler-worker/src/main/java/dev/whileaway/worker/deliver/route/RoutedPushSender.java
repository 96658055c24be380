package dev.whileaway.worker.deliver.route;

import dev.whileaway.v1.Device;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Reservation;

/// One app's sender, by its route.
public final class RoutedPushSender implements PushSender {

  private final PushSender sender;
  private final Route route;

  public RoutedPushSender(PushSender sender, Route route) {
    this.sender = sender;
    this.route = route;
  }

  @Override
  public boolean serves(Device device) {
    return sender.serves(device);
  }

  /// Without a place: for what is not under a lease.
  @Override
  public Outcome send(Push push) throws InterruptedException {
    return sender.send(push);
  }

  Route route() {
    return route;
  }

  @Override
  public Reservation reserve(Push push) throws InterruptedException {
    return route.reserve(push.expiresAt(), () -> sender.reserve(push));
  }

  @Override
  public void close() {
    sender.close();
  }
}
