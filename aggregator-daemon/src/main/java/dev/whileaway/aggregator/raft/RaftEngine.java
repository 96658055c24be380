package dev.whileaway.aggregator.raft;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shards of which Ratis writes the logs, with the one server that they share.
final class RaftEngine implements LogEngine {

  private static final Logger LOG = LoggerFactory.getLogger(RaftEngine.class);

  private final List<RaftShard> shards;
  private final RaftServer server;
  private final StoreFolder folder;

  RaftEngine(List<RaftShard> shards, RaftServer server, StoreFolder folder) {
    this.shards = List.copyOf(shards);
    this.server = server;
    this.folder = folder;
  }

  @Override
  public void start() throws IOException, StoreRefusedException {
    Set<RaftGroupId> found = new HashSet<>();
    server.getGroupIds().forEach(found::add);
    refuseLost(found);
    shards.forEach(shard -> shard.attach(server));
    server.start();
    for (RaftShard shard : shards) {
      if (!found.contains(shard.group())) {
        shard.createGroup();
      }
      shard.open();
    }
  }

  /// A complete store has every group; creating one anew would hide that its log is gone.
  private void refuseLost(Set<RaftGroupId> found) throws StoreRefusedException {
    for (RaftShard shard : shards) {
      if (!folder.fresh() && !found.contains(shard.group())) {
        throw folder.lost(shard.door().board().shard());
      }
    }
  }

  RaftServer server() {
    return server;
  }

  @Override
  public void release() {
    shards.forEach(shard -> shard.machine().stopping());
    try {
      server.close();
    } catch (IOException e) {
      LOG.warn("cannot close the raft server", e);
    }
    // Ratis closes the state machines itself, except those of groups that never started.
    shards.forEach(shard -> shard.machine().close());
  }
}
