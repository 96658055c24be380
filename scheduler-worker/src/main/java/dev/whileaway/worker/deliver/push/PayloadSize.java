package dev.whileaway.worker.deliver.push;

import dev.whileaway.templates.PushText;
import dev.whileaway.worker.deliver.Outcome;
import io.netty.buffer.ByteBufUtil;
import java.util.Optional;
import java.util.function.Function;

/// Keeps payloads within 4 KB, the limit of all providers alike: a body that is too long is cut,
/// since a push that says less is better than none (TRAPS 30).
public final class PayloadSize {

  static final int BYTES_MAX = 4096;

  /// What a push comes to that does not fit even without its body.
  public static final Outcome TOO_LARGE =
      new Outcome.Rejected("expected a payload of 4 KB, but found more without the body");

  private PayloadSize() {}

  /// The payload with as much of the body as fits; empty: it does not even without a body.
  ///
  /// @param payload what a text becomes on the wire
  static Optional<String> fit(PushText text, Function<PushText, String> payload) {
    return fit(text, payload, BYTES_MAX);
  }

  /// The same for another limit.
  public static Optional<String> fit(
      PushText text, Function<PushText, String> payload, int bytesMax) {
    String whole = payload.apply(text);
    return fits(whole, bytesMax) ? Optional.of(whole) : cut(text, payload, bytesMax);
  }

  private static Optional<String> cut(
      PushText text, Function<PushText, String> payload, int bytesMax) {
    var best = Optional.<String>empty();
    int low = 0;
    int high = bytesMax;
    while (low <= high) {
      int middle = (low + high) / 2;
      String candidate = payload.apply(text.shortened(middle));
      if (fits(candidate, bytesMax)) {
        best = Optional.of(candidate);
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return best;
  }

  private static boolean fits(String payload, int bytesMax) {
    return ByteBufUtil.utf8Bytes(payload) <= bytesMax;
  }
}
