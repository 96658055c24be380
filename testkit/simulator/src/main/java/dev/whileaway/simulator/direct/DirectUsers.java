package dev.whileaway.simulator.direct;

import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardView.ProfileState;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.worker.pipeline.Users;
import dev.whileaway.worker.plan.UserState;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What is known of users, asked of their shards one by one.
public final class DirectUsers implements Users {

  private final ShardCalls shards;

  public DirectUsers(ShardCalls shards) {
    this.shards = shards;
  }

  @Override
  public Map<String, UserState> states(Set<String> users) {
    Map<String, UserState> states = new HashMap<>();
    users.forEach(user -> states.put(user, state(new UserId(user))));
    return states;
  }

  private UserState state(UserId user) {
    return switch (shards.read(user, view -> view.profile(user))) {
      case ProfileState.Known(var profile) -> new UserState.Known(profile);
      case ProfileState.Unknown() -> UserState.UNKNOWN;
      case ProfileState.Forgotten _ -> new UserState.Forgotten();
    };
  }

  @Override
  public void unregisterDevice(String user, String token, Instant unlessRegisteredAfter) {
    var id = new UserId(user);
    var _ =
        shards.submit(
            id, new ShardCommand.UnregisterDevice(id, token, unlessRegisteredAfter.toEpochMilli()));
  }
}
