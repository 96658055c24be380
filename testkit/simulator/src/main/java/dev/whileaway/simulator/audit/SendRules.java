package dev.whileaway.simulator.audit;

import dev.whileaway.simulator.audit.EventTrace.Accepted;
import dev.whileaway.simulator.audit.UserTrace.OptOut;
import dev.whileaway.v1.Channel;

/// What may be sent: only after GO, nothing twice on one channel, nothing that somebody was told is
/// cleared, deleted or unsubscribed before the sends began.
final class SendRules {

  private final History history;
  private final boolean resends;

  /// @param resends the policy may send again what nobody answered for
  SendRules(History history, boolean resends) {
    this.history = history;
    this.resends = resends;
  }

  void sent(SentDigest digest) {
    UserTrace user = history.user(digest.lease().user());
    LeaseTrace lease = user.leases.get(digest.lease().leaseId());
    if (lease == null || !lease.isGo()) {
      history.violated("expected GO before a send, but found none for " + digest);
      return;
    }
    if (digest.tokens().isEmpty()) {
      history.violated("expected something to tell, but found an empty " + digest); // TRAPS 28
    }
    checkOptOut(digest, user, lease);
    for (String token : digest.tokens()) {
      check(history.event(token), digest, user, lease);
    }
  }

  private void checkOptOut(SentDigest digest, UserTrace user, LeaseTrace lease) {
    OptOut optOut = user.optOut;
    if (optOut == null || optOut.step() >= lease.goStep) {
      return;
    }
    boolean off =
        digest.channel() == Channel.CHANNEL_PUSH
            ? optOut.order().pushOff()
            : optOut.order().emailOff();
    boolean muted =
        digest.tokens().stream()
            .anyMatch(token -> optOut.order().muted().contains(history.event(token).order.type()));
    if (off || muted) {
      history.violated(
          "expected no send after step %d, when %s had unsubscribed (%s), but found %s, begun at step %d"
              .formatted(optOut.step(), user.id, optOut.order(), digest, lease.goStep));
    }
  }

  private void check(EventTrace event, SentDigest digest, UserTrace user, LeaseTrace lease) {
    if (event.withdrawnStep < lease.goStep) {
      history.violated(
          "expected nothing of %s after it was withdrawn at step %d, but found %s, begun at step %d"
              .formatted(event, event.withdrawnStep, digest, lease.goStep));
    }
    // The sender lives on a shard of its own: it is looked at when the digest is planned.
    if (history.user(Scopes.sender(event)).goneStep < digest.knewStep()) {
      history.violated(
          "expected nothing of the deleted sender %s, but found %s"
              .formatted(event.order.sender(), digest));
    }
    if (digest.channel() == Channel.CHANNEL_EMAIL) {
      event.mailedUnder.add(lease.id);
    }
    if (digest.accepted()) {
      checkDouble(event, digest, user, lease);
      event.accepted.add(new Accepted(digest.target(), lease));
    }
  }

  private void checkDouble(EventTrace event, SentDigest digest, UserTrace user, LeaseTrace lease) {
    for (Accepted before : event.accepted) {
      int first = Math.min(before.lease().urgentsBefore, lease.urgentsBefore);
      // An urgent event that came after the first lease restarts the ladder of all that waits.
      boolean restarted =
          digest.channel() == Channel.CHANNEL_PUSH
              && before.lease() != lease
              && user.urgents > first;
      if (!resends && !restarted && before.target().equals(digest.target())) {
        history.violated(
            "expected %s once at %s, but found it under leases %d and %d"
                .formatted(event, digest.target(), before.lease().id, lease.id));
      }
    }
  }
}
