package dev.whileaway.ops.crash;

import com.google.protobuf.TextFormat;
import dev.whileaway.aggregator.DaemonSettings;
import dev.whileaway.aggregator.log.ShardLog;
import dev.whileaway.aggregator.log.ShardMap;
import dev.whileaway.aggregator.raft.DurableShardLog;
import dev.whileaway.aggregator.raft.StoreRefusedException;
import dev.whileaway.aggregator.shard.LeasedBacklog.PendingEvent;
import dev.whileaway.aggregator.shard.ShardView;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.internal.v1.LedgerEntry;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Reads the ledgers and backlogs of a store that no `serve` uses: whole, where `why` would put
/// several events in one line.
final class Ledgers {

  private Ledgers() {}

  /// What the store knows of a user.
  ///
  /// @param ledger oldest first
  record Account(List<LedgerEntry> ledger, List<PendingEvent> pending) {

    /// The ledger, one line an entry.
    Stream<String> lines(String user) {
      var printer = TextFormat.printer().emittingSingleLine(true);
      return ledger.stream().map(entry -> user + ": " + printer.printToString(entry));
    }

    private static Account of(ShardView view, UserId user) {
      return new Account(
          List.copyOf(view.ledger(user)),
          view.backlog(user).map(ShardView.Backlog::events).map(List::copyOf).orElse(List.of()));
    }
  }

  /// @throws StoreRefusedException if the store cannot be opened
  static Map<String, Account> read(
      DaemonSettings settings, InstantSource clock, Collection<String> users)
      throws StoreRefusedException {
    var accounts = new TreeMap<String, Account>();
    try (ShardLog log = DurableShardLog.open(settings, clock)) {
      var map = new ShardMap(log.shards());
      for (String user : users) {
        var id = new UserId(user);
        accounts.put(
            user,
            log.read(map.shardOf(id), view -> Account.of(view, id)).toCompletableFuture().join());
      }
    }
    return accounts;
  }
}
