package dev.whileaway.worker.deliver.webpush;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.whileaway.templates.PushText;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.push.PayloadSize;
import java.util.Optional;

/// What the site's service worker is given, in the words of `showNotification`: it says the whole
/// summary (TRAPS 44).
final class WebPushPayload {

  private WebPushPayload() {}

  /// Empty: it cannot be made small enough.
  static Optional<String> of(Push push) {
    return PayloadSize.fit(push.text(), text -> json(push, text), Encryption.PLAIN_BYTES_MAX);
  }

  private static String json(Push push, PushText text) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("title", text.title())
        .put("body", text.longBody())
        .put("tag", push.collapseKey())
        .put("silent", push.silent())
        .put("link", text.link())
        .put("badge", text.badge())
        .put("digest_id", push.digestId())
        .toString();
  }
}
