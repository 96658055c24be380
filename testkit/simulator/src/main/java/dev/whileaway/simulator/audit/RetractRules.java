package dev.whileaway.simulator.audit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What may be taken back: a push that a provider took before (TRAPS 39), whose user has seen what
/// it told, only from apps that know how, and from each device once.
final class RetractRules {

  private final History history;
  private final boolean resends;
  private final Map<String, SentDigest> sent = new HashMap<>();
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
      sent.put(digest.digestId(), digest);
    }
  }

  void retracted(RetractedPush push) {
    if (!push.optedIn()) {
      history.violated("expected no app to be told that does not know how, but found " + push);
    }
    SentDigest digest = sent.get(push.digestId());
    if (digest == null) {
      history.violated("expected only pushes that were sent to be taken back, but found " + push);
    } else if (!seen(digest)) {
      history.violated("expected only pushes that were seen to be taken back, but found " + push);
    }
    if (!retracted.add(new Copy(push.digestId(), push.token())) && !resends) {
      history.violated("expected a push to be taken back once, but found another " + push);
    }
  }

  /// Nothing that it told waits any more, and the user has looked at some of it, or at everything:
  /// the rest may have become too old, or have gone by e-mail.
  private boolean seen(SentDigest digest) {
    List<EventTrace> told = digest.tokens().stream().map(history::event).toList();
    return told.stream().noneMatch(event -> event.where == EventTrace.Where.PENDING)
        && history.user(digest.lease().user()).clears.stream()
            .anyMatch(scope -> told.stream().anyMatch(event -> Scopes.covers(scope, event)));
  }
}
