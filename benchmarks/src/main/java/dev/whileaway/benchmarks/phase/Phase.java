package dev.whileaway.benchmarks.phase;

import java.util.Locale;

/// One row of the comparison.
public enum Phase {
  /// Events a second; 8 connections, each with one request of 100 events outstanding.
  INGEST_B("events/s"),
  /// Events a second, one a request; 64 requests in flight on one connection.
  INGEST_1("events/s"),
  /// As INGEST_1, the fastest way that a contender has: a stream, if it has streams.
  INGEST_STREAM("events/s"),
  /// Bytes of memory that each waiting event costs, by the contender's own account.
  MEMORY("bytes/event"),
  /// Bytes on disk for each waiting event.
  DISK("bytes/event"),
  /// From the start after a kill -9 to the first answer that reads a backlog.
  RESTART("s"),
  /// Users a second whose whole backlog is cleared, one a request; 64 in flight, no user twice.
  CLEAR("users/s"),
  /// As CLEAR, the fastest way that a contender has: a stream, if it has streams.
  CLEAR_STREAM("users/s"),
  /// Digests a second: 4 workers pull 100 due users with all their events, and confirm them.
  DUE("digests/s"),
  /// How long an acknowledgement takes at a steady rate, half of them less; no snapshot runs.
  QUIET_P50("ms"),
  /// Likewise, of a hundred all but one.
  QUIET_P99("ms"),
  /// Likewise, of a thousand all but one.
  QUIET_P999("ms"),
  /// As QUIET_P50, while a snapshot of a store is written in which every user has changed.
  SNAPSHOT_P50("ms"),
  /// As QUIET_P99, during a snapshot.
  SNAPSHOT_P99("ms"),
  /// As QUIET_P999, during a snapshot.
  SNAPSHOT_P999("ms"),
  /// How long such a snapshot takes.
  SNAPSHOT_SPAN("s"),
  /// SNAPSHOT_P999 over QUIET_P999: what a snapshot does to those who wait longest.
  SNAPSHOT("with/without"),
  /// Touches of presence a second, by one thread on the store in its own process.
  TOUCH("touches/s"),
  /// Touches of presence a second, on one stream.
  TOUCH_STREAM("touches/s"),
  /// Syncs of a block a second that the disk itself allows; nobody's figure.
  FSYNC("syncs/s");

  private final String unit;

  Phase(String unit) {
    this.unit = unit;
  }

  /// Its name in tables and JSON: `ingest-b`.
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String unit() {
    return unit;
  }

  /// Whether more is better.
  public boolean isRate() {
    return unit.endsWith("/s");
  }
}
