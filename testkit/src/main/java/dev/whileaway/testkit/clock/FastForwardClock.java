package dev.whileaway.testkit.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// A clock that begins at a chosen moment and runs a chosen number of times faster than real time.
///
/// It never goes back: real time is taken from the monotonic counter of the machine, which no
/// correction of its clock moves. Safe for use by many threads.
public final class FastForwardClock implements InstantSource {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Instant start;
  private final double speed;
  private final LongSupplier realNanos;
  private final long startNanos;

  FastForwardClock(Instant start, double speed, LongSupplier realNanos) {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException("expected a speed above 0, but found " + speed);
    }
    this.start = start;
    this.speed = speed;
    this.realNanos = realNanos;
    this.startNanos = realNanos.getAsLong();
  }

  /// Begins now, in real time.
  ///
  /// @param speed seconds shown per real second; 1: real speed
  public static FastForwardClock startingAt(Instant start, double speed) {
    return new FastForwardClock(start, speed, System::nanoTime);
  }

  @Override
  public Instant instant() {
    return start.plus(seconds((realNanos.getAsLong() - startNanos) / NANOS_PER_SECOND * speed));
  }

  /// How long to wait, in real time, until this clock shows `instant`; zero if it did already.
  public Duration realTimeUntil(Instant instant) {
    var shown = Duration.between(instant(), instant);
    return shown.isNegative()
        ? Duration.ZERO
        : seconds((shown.getSeconds() + shown.getNano() / NANOS_PER_SECOND) / speed);
  }

  /// Whole seconds and the rest apart, because years of nanoseconds do not fit a long.
  private static Duration seconds(double seconds) {
    long whole = (long) seconds;
    return Duration.ofSeconds(whole, (long) ((seconds - whole) * NANOS_PER_SECOND));
  }
}
