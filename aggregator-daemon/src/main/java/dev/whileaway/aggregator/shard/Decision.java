package dev.whileaway.aggregator.shard;

import dev.whileaway.internal.v1.LedgerEntry;
import java.util.ArrayList;
import java.util.List;

/// What a command comes to: the changes, in order, and the answer.
record Decision(List<Change> changes, ShardReply reply) {

  /// Nothing changes.
  static Decision answer(ShardReply reply) {
    return new Decision(List.of(), reply);
  }

  /// A decision in the making.
  static final class Draft {

    private final List<Change> changes = new ArrayList<>();

    Draft add(Change change) {
      changes.add(change);
      return this;
    }

    Draft replace(UserRecord after) {
      return add(new Change.BacklogChanged(after));
    }

    Draft note(UserId user, LedgerEntry.Builder entry, long nowMillis) {
      return add(new Change.EntryNoted(user, entry.setAtMillis(nowMillis).build()));
    }

    Draft count(Counter counter, long times) {
      return times == 0 ? this : add(new Change.Counted(counter, times));
    }

    Decision reply(ShardReply reply) {
      return new Decision(List.copyOf(changes), reply);
    }
  }
}
