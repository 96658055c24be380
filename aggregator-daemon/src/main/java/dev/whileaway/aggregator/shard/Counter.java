package dev.whileaway.aggregator.shard;

/// What a shard counts, since its store was created. At every moment `REPORTED = pending + TOLD +
/// CLEARED + EXPIRED + DROPPED + FORGOTTEN`.
///
/// The order is part of the snapshot's form: new counters come last.
public enum Counter {
  /// Events that joined a backlog.
  REPORTED,
  /// Events whose id was known already: not taken again.
  DUPLICATE,
  /// Events that left with a confirmed send, or one that is presumed.
  TOLD,
  /// Events that the user saw elsewhere.
  CLEARED,
  /// Events that became too old to tell.
  EXPIRED,
  /// Events confirmed for another reason than a send: no channel, nothing left, failed.
  DROPPED,
  /// Events that went with their account.
  FORGOTTEN,
  /// Leases granted.
  LEASED,
  /// Leases confirmed.
  CONFIRMED,
  /// Leases cancelled.
  CANCELLED,
  /// Leases that ran out before their sends began.
  EXPIRED_UNSENT,
  /// Leases that ran out after their sends began: the presumed answer was taken.
  EXPIRED_UNKNOWN,
  /// Limit: events that are only counted because their backlog was full.
  GAVE_WAY,
  /// Limit: events of full backlogs whose sender could not be remembered.
  SENDER_NOT_COUNTED,
  /// Limit: event ids forgotten before their time.
  EVENT_ID_FORGOTTEN,
  /// Limit: devices that gave way to newer ones.
  DEVICE_GAVE_WAY,
  /// Limit: ledger entries that gave way to newer ones.
  LEDGER_GAVE_WAY,
  /// Ledger entries that became too old.
  LEDGER_EXPIRED,
  /// Delivered pushes that a worker was told to take back.
  RETRACTED
}
