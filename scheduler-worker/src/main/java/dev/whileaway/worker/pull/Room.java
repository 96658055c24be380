package dev.whileaway.worker.pull;

import static dev.whileaway.v1.Channel.CHANNEL_EMAIL;
import static dev.whileaway.v1.Channel.CHANNEL_PUSH;

import dev.whileaway.v1.Channel;
import dev.whileaway.worker.deliver.route.Routes;
import dev.whileaway.worker.plan.Policy.Ladder;

/// How many digests more a worker can do with.
public interface Room {

  /// Of those whose next step is this channel's; zero: its queues are more than half full.
  int of(Channel step);

  /// What the routes have room for, by a ladder; a step that it does not have is passed over.
  static Room of(Ladder ladder, Routes routes) {
    return step -> {
      boolean push = step == CHANNEL_PUSH;
      if (push && !ladder.hasPush()) {
        return routes.room(CHANNEL_EMAIL);
      }
      return push || ladder.hasEmail() ? routes.room(step) : Routes.ROOM_MAX;
    };
  }
}
