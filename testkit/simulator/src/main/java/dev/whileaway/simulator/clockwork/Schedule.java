package dev.whileaway.simulator.clockwork;

import java.util.Comparator;
import java.util.PriorityQueue;

/// Virtual time, and what will happen in it. Of what happens in the same millisecond, the seed
/// draws the order.
public final class Schedule {

  private static final Comparator<Plan> ORDER =
      Comparator.comparingLong(Plan::atMillis)
          .thenComparingInt(Plan::draw)
          .thenComparingLong(Plan::number);

  private final PriorityQueue<Plan> plans = new PriorityQueue<>(ORDER);
  private final Chance chance;
  private long nowMillis;
  private long planned;
  private long steps;

  public Schedule(long beginMillis, Chance chance) {
    this.nowMillis = beginMillis;
    this.chance = chance;
  }

  private record Plan(long atMillis, int draw, long number, Runnable action) {}

  /// Plans `action` for `delayMillis` from now.
  public void in(long delayMillis, Runnable action) {
    plans.add(new Plan(nowMillis + delayMillis, chance.below(1 << 16), planned++, action));
  }

  /// Does what is next; false: nothing is planned.
  public boolean step() {
    Plan next = plans.poll();
    if (next == null) {
      return false;
    }
    nowMillis = next.atMillis();
    steps++;
    next.action().run();
    return true;
  }

  public long nowMillis() {
    return nowMillis;
  }

  /// Steps done so far.
  public long steps() {
    return steps;
  }
}
