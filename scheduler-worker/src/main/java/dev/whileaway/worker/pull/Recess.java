package dev.whileaway.worker.pull;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rest that a worker takes when the daemons cannot be reached: longer each time, up to a
/// limit, spread so that workers do not come back all at once. It logs the first failure and the
/// recovery, not the thousand failures between. Real time. Used by one thread at a time.
final class Recess {

  private static final Logger log = LoggerFactory.getLogger(Recess.class);
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private long failures;
  private long untilNanos = System.nanoTime();

  boolean over() {
    return System.nanoTime() - untilNanos >= 0;
  }

  void failed(Throwable problem) {
    failures++;
    if (failures == 1) {
      log.warn("cannot pull; trying again until it works: {}", problem.toString());
    }
    untilNanos = System.nanoTime() + rest(failures).toNanos();
  }

  void succeeded() {
    if (failures > 0) {
      log.info("pulling again after {} failed tries", failures);
    }
    failures = 0;
  }

  private static Duration rest(long failures) {
    Duration doubled = FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
    long millis = Math.min(doubled.toMillis(), LONGEST.toMillis());
    return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }
}
