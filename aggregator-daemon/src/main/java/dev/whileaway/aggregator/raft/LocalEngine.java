package dev.whileaway.aggregator.raft;

import dev.whileaway.aggregator.log.ShardLog.ShardId;
import java.io.IOException;
import java.util.List;

/// Shards that have no other replica: each writes its log itself.
final class LocalEngine implements LogEngine {

  private final List<LocalShard> shards;
  private final StoreFolder folder;
  private List<Thread> opening = List.of();

  LocalEngine(List<LocalShard> shards, StoreFolder folder) {
    this.shards = List.copyOf(shards);
    this.folder = folder;
  }

  @Override
  public void start() throws IOException, StoreRefusedException {
    for (LocalShard shard : shards) {
      prepare(shard.door().board().shard());
    }
    opening = shards.stream().map(LocalEngine::open).toList();
  }

  private void prepare(ShardId shard) throws IOException, StoreRefusedException {
    if (folder.fresh()) {
      RaftGroupFiles.create(folder.log(shard), shard, folder.node());
    } else if (LogSegment.in(folder.log(shard)).isEmpty()) {
      throw folder.lost(shard);
    }
  }

  private static Thread open(LocalShard shard) {
    RoleBoard board = shard.door().board();
    return Thread.ofPlatform()
        .name(board.shard() + "-open")
        .daemon()
        .start(() -> {
          try {
            shard.open();
          } catch (IOException | StoreRefusedException | RuntimeException | Error e) {
            board.cannotStart(e);
          }
        });
  }

  @Override
  public void release() {
    boolean interrupted = false;
    for (Thread thread : opening) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    shards.forEach(LocalShard::release);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
