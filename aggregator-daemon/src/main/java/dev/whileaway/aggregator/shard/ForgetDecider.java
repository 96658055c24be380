package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.ShardCommand.ForgetUser;
import dev.whileaway.aggregator.shard.ShardReply.Cleared;
import dev.whileaway.aggregator.shard.ShardView.ProfileState.Forgotten;

/// Decides what the end of an account comes to. Done again, it changes nothing.
final class ForgetDecider {

  private ForgetDecider() {}

  static Decision decide(StateView view, ForgetUser command) {
    UserRecord backlog = view.find(command.user());
    boolean isForgotten = view.profile(command.user()) instanceof Forgotten;
    if (backlog == null && isForgotten) {
      return Decision.answer(new Cleared(0));
    }
    long events = backlog == null ? 0 : backlog.pendingEvents();
    return new Decision.Draft()
        .add(new Change.UserForgotten(command.user()))
        .note(command.user(), Notes.forgotten(events), view.nowMillis())
        .count(Counter.FORGOTTEN, events)
        .reply(new Cleared(Math.toIntExact(events)));
  }
}
