package dev.whileaway.aggregator.log;

import com.google.common.hash.Hashing;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import dev.whileaway.aggregator.shard.UserId;
import java.nio.charset.StandardCharsets;

/// Which shard a user belongs to: for ever, since the number of shards of a store never changes.
public record ShardMap(int shards) {

  public ShardMap {
    if (shards < 1 || shards > 4096) {
      throw new IllegalArgumentException("expected 1 to 4096 shards, but found " + shards);
    }
  }

  public ShardId shardOf(UserId user) {
    long hash =
        Hashing.farmHashFingerprint64().hashString(user.value(), StandardCharsets.UTF_8).asLong();
    return new ShardId((int) Long.remainderUnsigned(hash, shards));
  }
}
