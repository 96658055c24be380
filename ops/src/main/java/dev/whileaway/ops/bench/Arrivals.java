package dev.whileaway.ops.bench;

import dev.whileaway.ops.bench.IsolationFigures.Latency;
import dev.whileaway.testkit.push.ReceivedPush;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.ConcurrentHistogram;

/// Sees at the provider of one app when each digest comes, and whether one comes twice. Safe for
/// use by many threads.
final class Arrivals {

  /// Of each user, when the digest that waits is due; 0: none waits.
  private final AtomicLongArray dueNanos;

  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final AtomicLong overdue = new AtomicLong();
  private final AtomicLong doubled = new AtomicLong();
  private volatile ConcurrentHistogram micros = new ConcurrentHistogram(3);

  Arrivals(int users) {
    dueNanos = new AtomicLongArray(users);
  }

  /// A user was just told about to the daemon. What still waits, too long for a healthy app, is
  /// told with it.
  void reported(int user, Duration window) {
    if (!dueNanos.compareAndSet(user, 0, System.nanoTime() + window.toNanos())) {
      overdue.incrementAndGet();
    }
  }

  /// @param user of a push to the app
  void taken(int user, ReceivedPush push) {
    if (!push.digestId().map(seen::add).orElse(false)) {
      doubled.incrementAndGet();
    }
    long due = dueNanos.getAndSet(user, 0);
    if (due != 0) {
      micros.recordValue(Math.max(0, System.nanoTime() - due) / 1_000);
    }
  }

  /// What was seen since the last call.
  Latency latency() {
    ConcurrentHistogram past = micros;
    micros = new ConcurrentHistogram(3);
    return new Latency(
        past.getTotalCount(),
        past.getValueAtPercentile(50) / 1e3,
        past.getValueAtPercentile(99) / 1e3);
  }

  long waiting() {
    long waiting = 0;
    for (int i = 0; i < dueNanos.length(); i++) {
      waiting += dueNanos.get(i) == 0 ? 0 : 1;
    }
    return waiting;
  }

  /// Digests that had not come when their user's next event was reported.
  long overdue() {
    return overdue.get();
  }

  long doubled() {
    return doubled.get();
  }
}
