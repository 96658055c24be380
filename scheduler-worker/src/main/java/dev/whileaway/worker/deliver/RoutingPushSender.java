package dev.whileaway.worker.deliver;

import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives a push to the sender that serves its device's platform and app.
final class RoutingPushSender implements PushSender {

  private final Map<Platform, List<PushSender>> senders;
  private final PushSender withoutProvider;

  /// @param withoutProvider for platforms that `senders` does not name
  RoutingPushSender(Map<Platform, List<PushSender>> senders, PushSender withoutProvider) {
    this.senders = new EnumMap<>(senders);
    this.withoutProvider = withoutProvider;
  }

  @Override
  public boolean serves(Device device) {
    var configured = senders.get(device.getPlatform());
    return configured == null || configured.stream().anyMatch(sender -> sender.serves(device));
  }

  @Override
  public Outcome send(Push push) throws InterruptedException {
    var sender = senderOf(push.device());
    return sender.isPresent() ? sender.get().send(push) : withoutApp(push.device());
  }

  @Override
  public Reservation reserve(Push push) throws InterruptedException {
    var sender = senderOf(push.device());
    return sender.isPresent()
        ? sender.get().reserve(push)
        : Reservation.impossible(withoutApp(push.device()));
  }

  @Override
  public Reservation accompany(Push push) throws InterruptedException {
    var sender = senderOf(push.device());
    return sender.isPresent()
        ? sender.get().accompany(push)
        : Reservation.impossible(withoutApp(push.device()));
  }

  @Override
  public Way way(Device device) {
    return senderOf(device).map(sender -> sender.way(device)).orElse(Way.OPEN);
  }

  @Override
  public boolean retracts(Device device) {
    return senderOf(device).map(sender -> sender.retracts(device)).orElse(false);
  }

  @Override
  public Outcome retract(Retraction retraction) throws InterruptedException {
    var sender = senderOf(retraction.device());
    return sender.isPresent() ? sender.get().retract(retraction) : withoutApp(retraction.device());
  }

  private Optional<PushSender> senderOf(Device device) {
    var configured = senders.get(device.getPlatform());
    if (configured == null) {
      return Optional.of(withoutProvider);
    }
    for (PushSender sender : configured) {
      if (sender.serves(device)) {
        return Optional.of(sender);
      }
    }
    return Optional.empty();
  }

  private static Outcome withoutApp(Device device) {
    return new Outcome.Rejected(
        "expected a device of a configured app, but found %s app \"%s\""
            .formatted(device.getPlatform(), device.getApp()));
  }

  @Override
  public void close() {
    senders.values().forEach(configured -> configured.forEach(PushSender::close));
    withoutProvider.close();
  }
}
