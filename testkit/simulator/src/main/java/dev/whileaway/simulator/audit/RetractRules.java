package dev.whileaway.simulator.audit;

import java.util.HashSet;
import java.util.Set;

/// What may be taken back: a push that a provider took, only from apps that know how, and from each
/// device once.
final class RetractRules {

  private final History history;
  private final boolean resends;
  private final Set<String> sent = new HashSet<>();
  private final Set<Copy> retracted = new HashSet<>();

  /// A push on one device.
  private record Copy(String digestId, String token) {}

  /// @param resends the policy may send a digest again, which then can be taken back again
  RetractRules(History history, boolean resends) {
    this.history = history;
    this.resends = resends;
  }

  void sent(SentDigest digest) {
    if (digest.accepted() && !digest.digestId().isEmpty()) {
      sent.add(digest.digestId());
    }
  }

  void retracted(RetractedPush push) {
    if (!push.optedIn()) {
      history.violated("expected no app to be told that does not know how, but found " + push);
    }
    if (!sent.contains(push.digestId())) {
      history.violated("expected only pushes that were sent to be taken back, but found " + push);
    }
    if (!retracted.add(new Copy(push.digestId(), push.token())) && !resends) {
      history.violated("expected a push to be taken back once, but found another " + push);
    }
  }
}
