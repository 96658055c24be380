package dev.whileaway.worker.deliver.push;

import com.eatthepath.pushy.apns.util.InterruptionLevel;
import com.eatthepath.pushy.apns.util.SimpleApnsPayloadBuilder;
import dev.whileaway.templates.PushText;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.Retraction;
import java.util.Optional;

/// The body of an APNs request. It says the whole summary: an offline device is given only the last
/// (TRAPS 44).
final class ApnsPayload {

  private ApnsPayload() {}

  /// Empty: it cannot be made small enough.
  static Optional<String> of(Push push) {
    return PayloadSize.fit(push.text(), text -> json(push, text));
  }

  /// The body of a background push.
  static String of(Retraction retraction) {
    return new SimpleApnsPayloadBuilder()
        .setContentAvailable(true)
        .addCustomProperty("retract", retraction.digestId())
        .addCustomProperty("thread_id", retraction.collapseKey())
        .build();
  }

  private static String json(Push push, PushText text) {
    var payload =
        new SimpleApnsPayloadBuilder()
            .setAlertBody(text.longBody())
            .setBadgeNumber(text.badge())
            .setThreadId(push.collapseKey())
            .addCustomProperty("digest_id", push.digestId());
    if (!text.link().isEmpty()) {
      payload.addCustomProperty("link", text.link());
    }
    if (push.silent()) {
      payload.setInterruptionLevel(InterruptionLevel.PASSIVE);
    } else {
      payload.setSound(SimpleApnsPayloadBuilder.DEFAULT_SOUND_FILENAME);
    }
    return payload.build();
  }
}
