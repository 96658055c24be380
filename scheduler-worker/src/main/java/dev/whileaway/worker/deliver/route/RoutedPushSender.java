package dev.whileaway.worker.deliver.route;

import dev.whileaway.v1.Device;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Retraction;
import dev.whileaway.worker.deliver.Way;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One app's sender, by the route to each of its servers.
public final class RoutedPushSender implements PushSender {

  private final PushSender sender;
  private final Map<String, Route> byServer = new LinkedHashMap<>();
  private final boolean retracts;

  /// @param name of platform and app; with the server's it names a route
  /// @param retracts whether the app knows how to take a push back
  RoutedPushSender(
      PushSender sender,
      String name,
      RouteRules rules,
      Route.Surroundings around,
      boolean retracts) {
    this.sender = sender;
    this.retracts = retracts;
    for (String server : sender.servers()) {
      byServer.put(server, new Route((name + " " + server).strip(), rules, around));
    }
  }

  @Override
  public boolean serves(Device device) {
    return sender.serves(device);
  }

  List<Route> routes() {
    return List.copyOf(byServer.values());
  }

  /// Empty: its token is none, and the sender says so.
  Optional<Route> route(Device device) {
    return sender.server(device).map(byServer::get);
  }

  /// Without a place: for what is not under a lease.
  @Override
  public Outcome send(Push push) throws InterruptedException {
    return sender.send(push);
  }

  @Override
  public Reservation reserve(Push push) throws InterruptedException {
    var route = route(push.device());
    return route.isPresent()
        ? route.get().reserve(push.expiresAt(), () -> sender.reserve(push))
        : sender.reserve(push);
  }

  @Override
  public Reservation accompany(Push push) throws InterruptedException {
    var route = route(push.device());
    return route.isPresent()
        ? route.get().accompany(push.expiresAt(), () -> sender.reserve(push))
        : sender.reserve(push);
  }

  @Override
  public Way way(Device device) {
    return route(device).<Way>map(one -> one).orElse(Way.OPEN);
  }

  @Override
  public boolean retracts(Device device) {
    return retracts && serves(device);
  }

  /// Only on a route with time to spare: it is the pushes' way, and this is worth no waiting.
  @Override
  public Outcome retract(Retraction retraction) throws InterruptedException {
    var route = route(retraction.device());
    return route.isPresent() ? retract(retraction, route.get()) : sender.retract(retraction);
  }

  private Outcome retract(Retraction retraction, Route route) throws InterruptedException {
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
