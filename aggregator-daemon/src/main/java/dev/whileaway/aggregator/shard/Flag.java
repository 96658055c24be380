package dev.whileaway.aggregator.shard;

/// What the ladder has done for a backlog so far.
public enum Flag {
  /// The push was sent; the e-mail step is next. Stays until the backlog ends or an urgent event
  /// restarts the ladder.
  PUSH_SENT,
  /// The last attempt was put off because the user was online. Replaced by the next cancel.
  ONLINE
}
