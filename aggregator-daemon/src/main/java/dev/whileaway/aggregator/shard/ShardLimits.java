package dev.whileaway.aggregator.shard;

/// Limits that the shard machine keeps. They are part of the replicated state's rules: every
/// replica of a store has the same.
///
/// @param eventsPerBacklog kept; beyond it the oldest of the fullest type give way, and are counted
/// @param ledgerDays how long the ledger remembers
public record ShardLimits(int eventsPerBacklog, int ledgerDays) {

  /// 200 events a backlog, 30 days of ledger.
  public static final ShardLimits STANDARD = new ShardLimits(200);

  public ShardLimits {
    if (eventsPerBacklog < 1 || ledgerDays < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 event a backlog and 1 day, but found "
              + eventsPerBacklog
              + " and "
              + ledgerDays);
    }
  }

  public ShardLimits(int eventsPerBacklog) {
    this(eventsPerBacklog, 30);
  }

  /// Senders counted exactly, by type, among events that are no longer kept.
  public static final int COUNTED_SENDERS_MAX = 1000;

  /// How long an event id is remembered after its event was told or cleared.
  public static final long EVENT_ID_MEMORY_MILLIS = 24L * 60 * 60 * 1000;
}
