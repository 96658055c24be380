package dev.whileaway.worker.pull;

import static dev.whileaway.v1.Channel.CHANNEL_EMAIL;
import static dev.whileaway.v1.Channel.CHANNEL_PUSH;

import dev.whileaway.v1.Channel;
import dev.whileaway.worker.deliver.route.Routes;
import dev.whileaway.worker.plan.Policy.Ladder;

/// How many digests more a worker can do with.
public interface Room {

  /// Of those whose next step is this channel's; zero: its queues are more than half full.
  ///
  /// @param inWork digests, wherever they are
  int of(Channel step, int inWork);

  /// What the routes have room for, by a ladder; a step that it does not have is passed over.
  static Room of(Ladder ladder, Routes routes) {
    return (step, inWork) -> {
      boolean push = step == CHANNEL_PUSH;
      if (push && !ladder.hasPush()) {
        return routes.room(CHANNEL_EMAIL, inWork);
      }
      return push || ladder.hasEmail() ? routes.room(step, inWork) : Routes.ROOM_MAX;
    };
  }
}
