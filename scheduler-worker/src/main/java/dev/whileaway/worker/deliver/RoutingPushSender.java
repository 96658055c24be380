package dev.whileaway.worker.deliver;

import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

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
    var device = push.device();
    var configured = senders.get(device.getPlatform());
    if (configured == null) {
      return withoutProvider.send(push);
    }
    for (var sender : configured) {
      if (sender.serves(device)) {
        return sender.send(push);
      }
    }
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
