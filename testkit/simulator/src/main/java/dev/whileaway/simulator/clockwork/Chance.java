package dev.whileaway.simulator.clockwork;

import java.util.List;
import java.util.SplittableRandom;

/// All that a seed decides is drawn from here, in the order in which it happens.
public final class Chance {

  private final SplittableRandom random;

  public Chance(long seed) {
    random = new SplittableRandom(seed);
  }

  /// Draws even if the answer is sure, so that a fault that is switched off changes only itself.
  public boolean hits(double probability) {
    return random.nextDouble() < probability;
  }

  /// 0 to `bound` - 1.
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /// Both ends included.
  public long between(long from, long to) {
    return random.nextLong(from, to + 1);
  }

  public <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
