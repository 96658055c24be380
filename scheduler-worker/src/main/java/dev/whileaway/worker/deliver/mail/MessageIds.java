package dev.whileaway.worker.deliver.mail;

import dev.whileaway.worker.deliver.Fingerprint;
import java.util.regex.Pattern;

/// Message-IDs made of digest ids: a repeat of a digest carries the same, so mailboxes that look
/// for doubles find them.
final class MessageIds {

  /// Dot-atoms of RFC 5322 section 3.2.3, as far as digest ids need them.
  private static final Pattern SAFE =
      Pattern.compile("[A-Za-z0-9_-]{1,64}(\\.[A-Za-z0-9_-]{1,64}){0,3}");

  private MessageIds() {}

  static String of(String digestId, String domain) {
    var left = SAFE.matcher(digestId).matches() ? digestId : Fingerprint.of(digestId);
    return "<" + left + "@" + domain + ">";
  }
}
