package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.ShardCommand.NoteSteps;
import dev.whileaway.aggregator.shard.ShardReply.Settled;
import dev.whileaway.aggregator.shard.ShardView.ProfileState.Forgotten;

/// Decides whether a worker's steps enter the ledger: once a lease, and not of a user who has been
/// forgotten meanwhile. The lease itself plays no part: that it was lost is worth knowing too.
final class StepsDecider {

  private StepsDecider() {}

  static Decision decide(StateView view, NoteSteps command) {
    UserId user = command.lease().user();
    boolean noted =
        view.ledger(user).stream()
            .anyMatch(entry -> entry.getSteps().getLeaseId() == command.lease().leaseId());
    if (noted || view.profile(user) instanceof Forgotten) {
      return Decision.answer(new Settled());
    }
    return new Decision.Draft()
        .note(user, Notes.steps(command.lease(), command.steps()), view.nowMillis())
        .reply(new Settled());
  }
}
