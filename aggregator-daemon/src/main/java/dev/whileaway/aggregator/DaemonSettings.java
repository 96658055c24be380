package dev.whileaway.aggregator;

import dev.whileaway.presence.PresenceSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How a daemon runs.
///
/// @param data the store's folder
/// @param node this node's name
/// @param shards of a store that is created now; an existing store must have as many
/// @param log what writes the log of the shards
/// @param insecure plain text or missing API keys are allowed beyond the loopback interface
public record DaemonSettings(
    Path data,
    String node,
    int shards,
    Log log,
    Listen grpc,
    Listen http,
    Optional<Tls> tls,
    List<ApiKey> apiKeys,
    boolean insecure,
    Limits limits,
    PresenceSettings presence) {

  /// What writes a shard's log. The files are the same: a store may be opened with either.
  public enum Log {
    /// The shard itself, which has no other replica.
    LOCAL,
    /// Apache Ratis, which can replicate it.
    RAFT
  }

  /// Where a port listens; port 0: any free one.
  public record Listen(String host, int port) {}

  /// PEM files. With `clientCa`, clients must show a certificate that it signed.
  public record Tls(Path certificate, Path key, Optional<Path> clientCa) {}

  /// A key that clients send as `authorization: Bearer KEY`.
  public record ApiKey(String name, String key, Set<ApiRole> roles) {
    @Override
    public String toString() {
      return name + roles;
    }
  }

  /// What a key may do.
  public enum ApiRole {
    /// Events, profiles, presence.
    REPORTER,
    /// Digests.
    WORKER,
    /// Everything.
    ADMIN
  }

  /// Limits of the store.
  ///
  /// @param eventsPerBacklog kept; beyond it the oldest of the fullest type give way
  /// @param snapshotEntries raft entries between two snapshots of a shard
  /// @param ledgerDays how long the ledger remembers
  public record Limits(int eventsPerBacklog, long snapshotEntries, int ledgerDays) {}
}
