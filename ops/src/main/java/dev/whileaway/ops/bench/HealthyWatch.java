package dev.whileaway.ops.bench;

import dev.whileaway.ops.bench.IsolationFigures.Latency;
import dev.whileaway.testkit.push.ReceivedPush;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.ConcurrentHistogram;

/// Sees at the provider when each digest comes, and whether one comes twice. Safe for use by many
/// threads.
final class HealthyWatch {

  /// Of each user, when the digest that waits is due; 0: none waits.
  private final AtomicLongArray dueNanos;

  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final AtomicLong doubled = new AtomicLong();
  private volatile ConcurrentHistogram micros = new ConcurrentHistogram(3);

  HealthyWatch(int users) {
    dueNanos = new AtomicLongArray(users);
  }

  /// A user was just told about to the daemon. What still waits is told with it, at its own time.
  void reported(int user, Duration window) {
    dueNanos.compareAndSet(user, 0, System.nanoTime() + window.toNanos());
  }

  /// @param user of a push to the healthy app
  void taken(int user, ReceivedPush push) {
    taken(push);
    long due = dueNanos.getAndSet(user, 0);
    if (due != 0) {
      micros.recordValue(Math.max(0, System.nanoTime() - due) / 1_000);
    }
  }

  /// One of an app that hangs: it took it all the same.
  void taken(ReceivedPush push) {
    if (!push.digestId().map(seen::add).orElse(false)) {
      doubled.incrementAndGet();
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

  long doubled() {
    return doubled.get();
  }
}
