package dev.whileaway.ops.serve;

import dev.whileaway.ops.config.FastForward;
import dev.whileaway.testkit.clock.FastForwardClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// What time it is for a whole process: real time, or fast-forward.
///
/// A fast-forward clock stands at its start until [#run], so that a slow start of the process costs
/// no hours. Safe for use by many threads.
public final class RunningClock implements InstantSource {

  private final Optional<FastForward> fastForward;
  private volatile InstantSource clock;

  public RunningClock(Optional<FastForward> fastForward) {
    this.fastForward = fastForward;
    clock =
        fastForward
            .<InstantSource>map(standing -> standing::start)
            .orElseGet(InstantSource::system);
  }

  /// Lets a fast-forward clock go; nothing for real time.
  public void run() {
    fastForward.ifPresent(
        forward -> clock = FastForwardClock.startingAt(forward.start(), forward.speed()));
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }
}
