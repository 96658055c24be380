package dev.whileaway.simulator.direct;

import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.ShardView;
import dev.whileaway.aggregator.shard.UserId;
import java.util.function.Function;

/// Calls to the shard of a user, whose answers are waited for. Where calls can fail, both throw a
/// [RuntimeException] once there is no use in repeating them.
public interface ShardCalls {

  ShardReply submit(UserId user, ShardCommand command);

  /// Asks the user's shard; nothing of the view may escape.
  <T> T read(UserId user, Function<ShardView, T> query);
}
