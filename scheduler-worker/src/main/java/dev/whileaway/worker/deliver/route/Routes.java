package dev.whileaway.worker.deliver.route;

import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Device;
import dev.whileaway.worker.deliver.DeliverySettings.Limits;
import dev.whileaway.worker.deliver.DeliverySettings.Smtp;
import dev.whileaway.worker.deliver.MailSender;
import dev.whileaway.worker.deliver.PushSender;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// All routes of a worker. It gives senders their routes, and says how many more digests it makes
/// sense to ask for. Safe for use by many threads.
public final class Routes {

  /// Where nothing is in the way.
  public static final int ROOM_MAX = Integer.MAX_VALUE;

  private final Route.Surroundings around;
  private final List<RoutedPushSender> push = new CopyOnWriteArrayList<>();
  private volatile @Nullable RoutedMailSender mail;

  /// @param places digests that the worker has in work at once, at most
  /// @param clock the daemons' clock
  public Routes(int places, InstantSource clock) {
    around = new Route.Surroundings(new Shares(places), clock, new Random(), Thread::sleep);
  }

  /// @param name of platform and app
  public PushSender route(String name, PushSender sender, Limits limits) {
    var rules = RouteRules.push(limits.importance(), limits.inFlightMax(), limits.perSecondMax());
    var routed = new RoutedPushSender(sender, new Route(name, rules, around), limits.retracts());
    push.add(routed);
    return routed;
  }

  /// @param server that the sender brings mails to
  public MailSender route(MailSender sender, Smtp server) {
    var rules = RouteRules.mail(server.connections(), server.perDomain());
    var routed = new RoutedMailSender(sender, rules, around);
    mail = routed;
    return routed;
  }

  /// The routes of push apps.
  public List<Route> push() {
    return push.stream().map(RoutedPushSender::route).toList();
  }

  /// The way to a device; empty: no app of a provider serves it.
  public Optional<Route> to(Device device) {
    return push.stream()
        .filter(routed -> routed.serves(device))
        .map(RoutedPushSender::route)
        .findFirst();
  }

  /// The domains that receive mails, if mails go to a server.
  public Optional<RoutedMailSender> mail() {
    return Optional.ofNullable(mail);
  }

  /// How many digests more the channel can do with; zero: its queues are more than half full.
  ///
  /// @param inWork digests, wherever they are
  public int room(Channel channel, int inWork) {
    return switch (channel) {
      case CHANNEL_PUSH ->
          PushRoom.of(push().stream().map(Route::load).toList(), inWork, around.shares().held());
      case CHANNEL_EMAIL -> roomForMails();
      case CHANNEL_UNSPECIFIED, UNRECOGNIZED -> ROOM_MAX;
    };
  }

  private int roomForMails() {
    var routed = mail;
    return routed == null ? ROOM_MAX : routed.room();
  }
}
