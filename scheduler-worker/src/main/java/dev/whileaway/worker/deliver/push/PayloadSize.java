package dev.whileaway.worker.deliver.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whileaway.templates.PushText;
import dev.whileaway.worker.deliver.Outcome;
import java.util.Optional;
import java.util.function.Function;

/// Keeps payloads within 4 KB, the limit of APNs and FCM alike: a body that is too long is cut,
/// since a push that says less is better than none (TRAPS 30).
public final class PayloadSize {

  private static final int BYTES_MAX = 4096;

  /// What a push comes to that does not fit even without its body.
  public static final Outcome TOO_LARGE =
      new Outcome.Rejected("expected a payload of 4 KB, but found more without the body");

  private PayloadSize() {}

  /// The text with as much of the body as fits; empty: not even without a body.
  ///
  /// @param payload what a text becomes on the wire
  static Optional<PushText> fit(PushText text, Function<PushText, String> payload) {
    return fit(text, payload, BYTES_MAX);
  }

  /// The same for another limit.
  public static Optional<PushText> fit(
      PushText text, Function<PushText, String> payload, int bytesMax) {
    if (fits(payload.apply(text), bytesMax)) {
      return Optional.of(text);
    }
    var best = Optional.<PushText>empty();
    int low = 0;
    int high = bytesMax;
    while (low <= high) {
      int middle = (low + high) / 2;
      var candidate = text.shortened(middle);
      if (fits(payload.apply(candidate), bytesMax)) {
        best = Optional.of(candidate);
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return best;
  }

  private static boolean fits(String payload, int bytesMax) {
    return payload.getBytes(UTF_8).length <= bytesMax;
  }
}
