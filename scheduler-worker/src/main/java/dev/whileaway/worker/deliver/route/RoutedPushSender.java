package dev.whileaway.worker.deliver.route;

import dev.whileaway.v1.Device;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Retraction;
import java.time.Duration;

/// One app's sender, by its route.
public final class RoutedPushSender implements PushSender {

  private final PushSender sender;
  private final Route route;
  private final boolean retracts;

  /// @param retracts whether the app knows how to take a push back
  public RoutedPushSender(PushSender sender, Route route, boolean retracts) {
    this.sender = sender;
    this.route = route;
    this.retracts = retracts;
  }

  @Override
  public boolean serves(Device device) {
    return sender.serves(device);
  }

  Route route() {
    return route;
  }

  /// Without a place: for what is not under a lease.
  @Override
  public Outcome send(Push push) throws InterruptedException {
    return sender.send(push);
  }

  @Override
  public Reservation reserve(Push push) throws InterruptedException {
    return route.reserve(push.expiresAt(), () -> sender.reserve(push));
  }

  @Override
  public int ahead(Device device) {
    return route.load().ahead();
  }

  @Override
  public boolean retracts(Device device) {
    return retracts && serves(device);
  }

  /// Only on a route with time to spare: it is the pushes' way, and this is worth no waiting.
  @Override
  public Outcome retract(Retraction retraction) throws InterruptedException {
    return route.load().isIdle()
        ? Reservation.sendNow(
            route.reserve(
                retraction.expiresAt(), () -> Reservation.free(() -> sender.retract(retraction))))
        : new Outcome.RetryAfter(Duration.ZERO, Trouble.PACE, route.name() + " is not idle");
  }

  @Override
  public void close() {
    sender.close();
  }
}
