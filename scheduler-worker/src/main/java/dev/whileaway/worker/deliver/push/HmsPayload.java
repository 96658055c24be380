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
import java.util.List;
import java.util.Optional;

/// The body of a Push Kit request. A later notification with the same tag takes the place of the
/// earlier one on the device, and it says the whole summary (TRAPS 44). Huawei's own `collapse_key`
/// is a number below a hundred for a whole app, and of no use for users.
final class HmsPayload {

  /// Push Kit keeps a message for fifteen days at most.
  private static final Duration TTL_MAX = Duration.ofDays(15);

  /// Opens the app; with a link, the app opens that.
  private static final int OPEN_APP = 3;

  /// Push Kit refuses a greater number.
  private static final int BADGE_MAX = 99;

  /// What stands around the message counts, but for the token.
  private static final int MESSAGE_BYTES_MAX =
      PayloadSize.BYTES_MAX - (request(Device.getDefaultInstance(), "{}").length() - "{}".length());

  private HmsPayload() {}

  /// The request; empty: it cannot be made small enough. The token does not count for the limit.
  ///
  /// @param badgeClass the app's first activity; empty: the app's icon gets no number
  static Optional<String> of(Push push, Instant now, Optional<String> badgeClass) {
    return PayloadSize.fit(
            push.text(), text -> message(push, text, now, badgeClass).toString(), MESSAGE_BYTES_MAX)
        .map(message -> request(push.device(), message));
  }

  /// A data message: it has no notification of its own.
  static String of(Retraction retraction, Instant now) {
    var message = JsonNodeFactory.instance.objectNode();
    message.put(
        "data",
        JsonNodeFactory.instance
            .objectNode()
            .put("retract", retraction.digestId())
            .put("tag", retraction.collapseKey())
            .toString());
    message
        .putObject("android")
        .put("urgency", "NORMAL")
        .put("ttl", TimeToLive.of(retraction.expiresAt(), now, TTL_MAX).toSeconds() + "s");
    return request(retraction.device(), message.toString());
  }

  private static String request(Device device, String message) {
    return "{\"validate_only\":false,\"message\":"
        + JsonText.with(message, "token", List.of(device.getToken()))
        + "}";
  }

  private static ObjectNode message(
      Push push, PushText text, Instant now, Optional<String> badgeClass) {
    var message = JsonNodeFactory.instance.objectNode();
    message.put("data", data(push, text));
    var android =
        message
            .putObject("android")
            .put("urgency", push.silent() ? "NORMAL" : "HIGH")
            .put("ttl", TimeToLive.of(push.expiresAt(), now, TTL_MAX).toSeconds() + "s");
    var shown =
        android
            .putObject("notification")
            .put("title", text.title())
            .put("body", text.body())
            .put("tag", push.collapseKey())
            .put("importance", push.silent() ? "LOW" : "NORMAL");
    shown.putObject("click_action").put("type", OPEN_APP);
    badgeClass.ifPresent(activity ->
        shown
            .putObject("badge")
            .put("class", activity)
            .put("set_num", Math.min(text.badge(), BADGE_MAX)));
    return message;
  }

  /// A text of its own, as Push Kit wants it.
  private static String data(Push push, PushText text) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("digest_id", push.digestId())
        .put("link", text.link())
        .put("badge", text.badge())
        .toString();
  }
}
