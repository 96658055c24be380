package dev.whileaway.worker.deliver.push;

import dev.whileaway.templates.PushText;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Retraction;
import java.time.Duration;
import java.time.Instant;

/// Pushes that the tests share.
final class Pushes {

  static final Duration TIMEOUT = Duration.ofSeconds(1);
  static final Instant NOW = Instant.parse("2026-01-31T10:15:00Z");

  private Pushes() {}

  static Push fcm(String token) {
    return to(Platform.PLATFORM_FCM, token, false, text("3 новых сообщения"));
  }

  static Push apns(String token) {
    return to(Platform.PLATFORM_APNS, token, false, text("3 новых сообщения"));
  }

  static Push to(Platform platform, String token, boolean silent, PushText text) {
    var device = Device.newBuilder().setPlatform(platform).setToken(token).build();
    return new Push(device, "anna-7", "digest", text, silent, NOW.plus(Duration.ofHours(4)));
  }

  static Retraction retraction(Platform platform, String token) {
    var device = Device.newBuilder().setPlatform(platform).setToken(token).build();
    return new Retraction(device, "anna-7", "digest", NOW.plus(Duration.ofHours(4)));
  }

  static PushText text(String body) {
    return new PushText("Анна", body, "Анна: " + body, "https://example.org/inbox", 3);
  }

  /// The same, wanted for four hours by the machine's own clock.
  static Push lasting(Push push) {
    return new Push(
        push.device(),
        push.digestId(),
        push.collapseKey(),
        push.text(),
        push.silent(),
        Instant.now().plus(Duration.ofHours(4)));
  }

  /// Takes a place first, as the pipeline does.
  static Outcome sendOverItsRoute(PushSender sender, Push push) throws InterruptedException {
    return Reservation.sendNow(sender.reserve(push));
  }
}
