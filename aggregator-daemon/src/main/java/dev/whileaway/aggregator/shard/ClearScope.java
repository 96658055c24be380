package dev.whileaway.aggregator.shard;

import java.util.Set;

/// Which pending events a clear removes: those for which everything given holds.
///
/// @param types catalogue ids of types; empty: every type
/// @param upToSeq only events up to this sequence number; [Long#MAX_VALUE]: all
/// @param sender only events of this sender; empty: every sender
public record ClearScope(Set<Integer> types, long upToSeq, String sender) {

  /// Everything that waits.
  public static final ClearScope ALL = new ClearScope(Set.of(), Long.MAX_VALUE, "");

  /// Whether it is all that a page can show of events up to `throughSeq`.
  boolean isWhole(long throughSeq) {
    return types.isEmpty() && sender.isEmpty() && upToSeq >= throughSeq;
  }

  boolean covers(KeptEvent event) {
    return coversType(event.type())
        && event.seq() <= upToSeq
        && (sender.isEmpty() || sender.equals(event.sender()));
  }

  /// Events that are only counted go together or not at all.
  boolean covers(TypeTally tally) {
    return coversType(tally.type()) && tally.lastSeq() <= upToSeq && sender.isEmpty();
  }

  /// Whether some of the events that are only counted may be meant.
  boolean mayReach(TypeTally tally) {
    return coversType(tally.type())
        && (sender.isEmpty() || tally.mayHave(KeptEvent.hashOf(sender)));
  }

  private boolean coversType(int type) {
    return types.isEmpty() || types.contains(type);
  }
}
