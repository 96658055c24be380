package dev.whileaway.simulator.world;

import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.ShardView;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.simulator.clockwork.Strand;
import dev.whileaway.simulator.clockwork.Ticket;
import dev.whileaway.simulator.direct.ShardCalls;
import java.util.function.Function;
import java.util.function.Supplier;

/// One actor's way to the shards. Requests and replies get lost, and a lost request may arrive when
/// nobody waits for it any more; what failed is tried again, a few times.
public final class Line implements ShardCalls {

  private static final long TIMEOUT_MILLIS = 5_000;
  private static final long LATE_MILLIS_MAX = 60_000;

  private final World world;
  private final Strand strand;
  private final Runnable hazard;

  /// @param hazard what may happen to the actor itself before a call and before its answer
  public Line(World world, Strand strand, Runnable hazard) {
    this.world = world;
    this.strand = strand;
    this.hazard = hazard;
  }

  @Override
  public ShardReply submit(UserId user, ShardCommand command) {
    return submit(world.shard(user), command);
  }

  public ShardReply submit(ShardGroup shard, ShardCommand command) {
    return call(() -> shard.submit(command), world.setting().tries(), mayComeLate(command));
  }

  /// Asks once, come what may.
  public ShardReply submitOnce(UserId user, ShardCommand command) {
    return call(() -> world.shard(user).submit(command), 1, mayComeLate(command));
  }

  @Override
  public <T> T read(UserId user, Function<ShardView, T> query) {
    return read(world.shard(user), query);
  }

  public <T> T read(ShardGroup shard, Function<ShardView, T> query) {
    return call(() -> shard.read(query), world.setting().tries(), false);
  }

  /// A change of a profile that comes after a later one undoes it: of those the order of arrival is
  /// the order of asking, or nobody could say what a user has chosen.
  private static boolean mayComeLate(ShardCommand command) {
    return switch (command) {
      case ShardCommand.ReportEvents _,
          ShardCommand.ClearEvents _,
          ShardCommand.PullDue _,
          ShardCommand.BeginSend _,
          ShardCommand.ConfirmLease _,
          ShardCommand.CancelLease _,
          ShardCommand.NoteSteps _ ->
          true;
      case ShardCommand.ForgetUser _,
          ShardCommand.PutProfile _,
          ShardCommand.DeleteProfile _,
          ShardCommand.RegisterDevice _,
          ShardCommand.UnregisterDevice _,
          ShardCommand.SetPreferences _,
          ShardCommand.WatchUser _ ->
          false;
    };
  }

  private <T> T call(Supplier<Ticket<T>> served, int tries, boolean mayComeLate) {
    for (int tried = 0; tried < tries; tried++) {
      hazard.run();
      strand.sleep(world.chance().between(0, 30));
      if (world.strikes(world.setting().faults().requestLost())) {
        lose(served, mayComeLate);
        continue;
      }
      try {
        T reply = strand.await(served.get());
        hazard.run();
        if (!world.strikes(world.setting().faults().replyLost())) {
          return reply;
        }
        world.tally().count(Tally.Kind.LOST_CALLS);
        strand.sleep(TIMEOUT_MILLIS);
      } catch (Unavailable _) {
        strand.sleep(world.chance().between(200, 3_000));
      }
    }
    throw new Unavailable("no answer after " + tries + " tries");
  }

  private <T> void lose(Supplier<Ticket<T>> served, boolean mayComeLate) {
    world.tally().count(Tally.Kind.LOST_CALLS);
    if (world.strikes(world.setting().faults().late()) && mayComeLate) {
      world.tally().count(Tally.Kind.LATE_CALLS);
      world.schedule().in(world.chance().between(1, LATE_MILLIS_MAX), () -> arriveLate(served));
    }
    strand.sleep(TIMEOUT_MILLIS);
  }

  private static <T> void arriveLate(Supplier<Ticket<T>> served) {
    try {
      var _ = served.get();
    } catch (Unavailable _) {
      // Nobody is there to be told.
    }
  }
}
