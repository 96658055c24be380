package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.ShardCommand.BeginSend;
import dev.whileaway.aggregator.shard.ShardCommand.CancelLease;
import dev.whileaway.aggregator.shard.ShardCommand.ClearEvents;
import dev.whileaway.aggregator.shard.ShardCommand.ConfirmLease;
import dev.whileaway.aggregator.shard.ShardCommand.DeleteProfile;
import dev.whileaway.aggregator.shard.ShardCommand.ForgetUser;
import dev.whileaway.aggregator.shard.ShardCommand.NoteSteps;
import dev.whileaway.aggregator.shard.ShardCommand.PullDue;
import dev.whileaway.aggregator.shard.ShardCommand.PutProfile;
import dev.whileaway.aggregator.shard.ShardCommand.RegisterDevice;
import dev.whileaway.aggregator.shard.ShardCommand.ReportEvents;
import dev.whileaway.aggregator.shard.ShardCommand.SetPreferences;
import dev.whileaway.aggregator.shard.ShardCommand.UnregisterDevice;
import dev.whileaway.aggregator.shard.ShardCommand.WatchUser;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A shard: the backlogs of a slice of users, and the one thread's worth of rules that change them.
///
/// Each command is decided by a small class that sees the state only through [StateView], and what
/// it decided is then applied to the state. Time does nothing by itself: it is moved by commands,
/// and what it brings about (leases that run out, events too old to tell, remnants with nothing
/// left to remember) is found by [PullDue] alone.
public final class ShardMachine {

  private final ShardState state;
  private final EventAppender appender;

  public ShardMachine(ShardLimits limits, ColdRecords cold) {
    this(limits, cold, PackedId::hash);
  }

  ShardMachine(ShardLimits limits, ColdRecords cold, IdHash idHash) {
    state = new ShardState(limits, cold, idHash);
    appender = new EventAppender(state);
  }

  /// Decides and applies one command.
  ///
  /// @param stampedAtMillis the leader's clock; the shard's clock is the greatest stamp so far
  public ShardReply apply(ShardCommand command, long stampedAtMillis) {
    state.advanceTo(stampedAtMillis);
    return switch (command) {
      case ReportEvents report -> appender.report(report);
      case ClearEvents clear -> perform(ClearDecider.decide(state, clear));
      case ForgetUser forget -> perform(ForgetDecider.decide(state, forget));
      case PutProfile put -> perform(ProfileDecider.decide(state, put));
      case DeleteProfile delete -> perform(ProfileDecider.decide(state, delete));
      case SetPreferences set -> perform(ProfileDecider.decide(state, set));
      case RegisterDevice register -> perform(DeviceDecider.decide(state, register));
      case UnregisterDevice unregister -> perform(DeviceDecider.decide(state, unregister));
      case PullDue pull -> pull(pull);
      case BeginSend begin -> perform(BeginSendDecider.decide(state, begin));
      case ConfirmLease confirm -> perform(SettleDecider.decide(state, confirm));
      case CancelLease cancel -> perform(SettleDecider.decide(state, cancel));
      case WatchUser watch -> perform(ProfileDecider.decide(state, watch));
      case NoteSteps note -> perform(StepsDecider.decide(state, note));
    };
  }

  /// First what time has done, then the claim: a lease that ran out may be granted anew at once.
  private ShardReply pull(PullDue command) {
    state.ageLedger();
    perform(SweepDecider.decide(state));
    return perform(PullDecider.decide(state, command));
  }

  private ShardReply perform(Decision decision) {
    decision.changes().forEach(state::apply);
    return decision.reply();
  }

  /// The state, to be read between two commands.
  public ShardView view() {
    return state;
  }

  /// Takes what changed since the last cut, in constant time. It may be written by another thread
  /// while this one goes on applying.
  public Cut cut() {
    return state.cut();
  }

  /// Begins from a snapshot: once, before any command, then [#loadRecord] for each record.
  ///
  /// @throws IllegalArgumentException if a newer version wrote it
  public void loadHeader(byte[] header) {
    state.loadHeader(header);
  }

  /// One user's record of a snapshot.
  public void loadRecord(byte[] record) {
    state.loadRecord(record);
  }

  /// A hash of the whole state: replicas that applied the same log have the same.
  public long stateHash() {
    return state.hash();
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
