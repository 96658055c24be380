package dev.whileaway.aggregator.shard;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A shard: the backlogs of a slice of users, and the one thread's worth of rules that change them.
public final class ShardMachine {

  public ShardMachine(ShardLimits limits, ColdRecords cold) {
    throw new UnsupportedOperationException("stub");
  }

  /// Decides and applies one command.
  ///
  /// @param stampedAtMillis the leader's clock; the shard's clock is the greatest stamp so far
  public ShardReply apply(ShardCommand command, long stampedAtMillis) {
    throw new UnsupportedOperationException("stub");
  }

  /// The state, to be read between two commands.
  public ShardView view() {
    throw new UnsupportedOperationException("stub");
  }

  /// Takes what changed since the last cut, in constant time. It may be written by another thread
  /// while this one goes on applying.
  public Cut cut() {
    throw new UnsupportedOperationException("stub");
  }

  /// Begins from a snapshot: once, before any command, then [#loadRecord] for each record.
  public void loadHeader(byte[] header) {
    throw new UnsupportedOperationException("stub");
  }

  /// One user's record of a snapshot.
  public void loadRecord(byte[] record) {
    throw new UnsupportedOperationException("stub");
  }

  /// A hash of the whole state: replicas that applied the same log have the same.
  public long stateHash() {
    throw new UnsupportedOperationException("stub");
  }

  /// What changed between two cuts.
  public interface Cut {
    /// The shard's clock, counters and the version of this form.
    byte[] header();

    /// How many records changed.
    int size();

    /// Visits the changed records by ascending key (unsigned bytes); a null record was removed.
    void forEach(Visitor visitor);
  }

  /// Takes one changed record.
  public interface Visitor extends BiConsumer<byte[], byte @Nullable []> {}
}
