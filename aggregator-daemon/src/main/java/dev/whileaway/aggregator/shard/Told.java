package dev.whileaway.aggregator.shard;

import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The push that lies on a user's devices, and that they can take back: the newest, since it took
/// the place of those before. Remembered for a few hours, and only if a device can take it back.
///
/// @param throughSeq it told events up to here
/// @param seenAtMillis when its user had seen elsewhere what it tells; [#UNSEEN]: not yet
record Told(String digestId, long throughSeq, long atMillis, long seenAtMillis) {

  static final long UNSEEN = 0;

  /// How long it is remembered; who has not looked by then, and does at last, swipes it away.
  static final long MEMORY_MILLIS = 6L * 60 * 60 * 1000;

  /// What was told by these sends; null: nothing that could be taken back.
  static @Nullable Told by(List<Delivery> deliveries, Claim claim, long nowMillis) {
    for (Delivery delivery : deliveries) {
      if (delivery.getChannel() == Channel.CHANNEL_PUSH
          && delivery.getOutcome() == Outcome.OUTCOME_ACCEPTED
          && !delivery.getDigestId().isEmpty()) {
        return new Told(delivery.getDigestId(), claim.throughSeq(), nowMillis, UNSEEN);
      }
    }
    return null;
  }

  boolean isSeen() {
    return seenAtMillis != UNSEEN;
  }

  Told seen(long nowMillis) {
    return new Told(digestId, throughSeq, atMillis, nowMillis);
  }

  /// From when on nobody remembers it.
  long endsAtMillis() {
    return atMillis + MEMORY_MILLIS;
  }

  /// Whether a clear shows its user all that it told.
  ///
  /// @param before the record before the clear: with a told event in it, all of them are in it, and
  ///   the clear that takes the last takes what the push tells
  boolean isShownBy(ClearScope scope, UserRecord before) {
    return scope.isWhole(throughSeq)
        || before.isPending() && before.events().getFirst().seq() <= throughSeq;
  }

  void writeTo(Packer to) {
    to.text(digestId).varint(throughSeq).varint(atMillis).varint(seenAtMillis);
  }

  static Told read(Unpacker from) {
    return new Told(from.text(), from.varint(), from.varint(), from.varint());
  }
}
