package dev.whileaway.worker.deliver.push;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whileaway.templates.PushText;
import dev.whileaway.v1.Device;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.Retraction;
import dev.whileaway.worker.deliver.TimeToLive;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The body of an FCM HTTP v1 request.
///
/// Since Android 8 it is the app's notification channel that makes a sound or not, so an app has
/// two: `digest` and `digest_silent`. Where it has not, Android takes the app's default.
final class FcmPayload {

  /// FCM keeps a message for four weeks at most.
  private static final Duration TTL_MAX = Duration.ofDays(28);

  private FcmPayload() {}

  /// The request; empty: it cannot be made small enough. The token does not count for the limit.
  static Optional<String> of(Push push, Instant now) {
    return PayloadSize.fit(push.text(), text -> message(push, text, now).toString())
        .map(message -> request(push.device(), message));
  }

  /// A data message, which the app is woken for only when Android likes.
  static String of(Retraction retraction, Instant now) {
    var message = JsonNodeFactory.instance.objectNode();
    message
        .putObject("data")
        .put("retract", retraction.digestId())
        .put("tag", retraction.collapseKey());
    message
        .putObject("android")
        .put("collapse_key", retraction.collapseKey())
        .put("priority", "NORMAL")
        .put("ttl", TimeToLive.of(retraction.expiresAt(), now, TTL_MAX).toSeconds() + "s");
    return request(retraction.device(), message.toString());
  }

  private static String request(Device device, String message) {
    return "{\"message\":" + JsonText.with(message, "token", device.getToken()) + "}";
  }

  private static ObjectNode message(Push push, PushText text, Instant now) {
    var message = JsonNodeFactory.instance.objectNode();
    message.putObject("notification").put("title", text.title()).put("body", text.body());
    var data = message.putObject("data").put("digest_id", push.digestId());
    if (!text.link().isEmpty()) {
      data.put("link", text.link());
    }
    addAndroid(message, push, text, now);
    return message;
  }

  private static void addAndroid(ObjectNode message, Push push, PushText text, Instant now) {
    var android =
        message
            .putObject("android")
            .put("collapse_key", push.collapseKey())
            .put("priority", push.silent() ? "NORMAL" : "HIGH")
            .put("ttl", TimeToLive.of(push.expiresAt(), now, TTL_MAX).toSeconds() + "s");
    var shown =
        android
            .putObject("notification")
            .put("tag", push.collapseKey())
            .put("channel_id", push.silent() ? "digest_silent" : "digest")
            .put("notification_count", text.badge());
    if (push.silent()) {
      shown.put("notification_priority", "PRIORITY_LOW");
    } else {
      shown.put("default_sound", true);
    }
  }
}
