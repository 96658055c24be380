package dev.whileaway.worker.deliver.route;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The sends that all routes together may have under way. Whoever is alone gets all of it; where
/// both importances wait they are served by [Turns]. Safe for use by many threads.
public final class Shares {

  private final Map<Importance, Deque<Semaphore>> waiting = new EnumMap<>(Importance.class);
  private Turns turns = Turns.BEGIN;
  private int free;

  public Shares(int sendsMax) {
    free = sendsMax;
    for (Importance importance : Importance.values()) {
      waiting.put(importance, new ArrayDeque<>());
    }
  }

  /// @return false: patience ended before its turn came
  boolean enter(Importance importance, Duration patience) throws InterruptedException {
    Semaphore turn = new Semaphore(0);
    synchronized (this) {
      if (free > 0) {
        free--;
        return true;
      }
      line(importance).addLast(turn);
    }
    boolean granted = false;
    try {
      granted = turn.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      granted = granted || !leaveLine(importance, turn);
    }
    return granted;
  }

  synchronized void leave() {
    boolean high = !line(Importance.HIGH).isEmpty();
    boolean low = !line(Importance.LOW).isEmpty();
    if (!high && !low) {
      free++;
      return;
    }
    Importance next = turns.next(high, low);
    turns = turns.taken(next);
    line(next).removeFirst().release();
  }

  /// How many wait.
  synchronized int waiting() {
    return waiting.values().stream().mapToInt(Deque::size).sum();
  }

  /// @return false: its turn came in the meantime
  private synchronized boolean leaveLine(Importance importance, Semaphore turn) {
    return line(importance).remove(turn);
  }

  private Deque<Semaphore> line(Importance importance) {
    Deque<Semaphore> line = waiting.get(importance);
    if (line == null) {
      throw new IllegalStateException("expected a line for " + importance + ", but found none");
    }
    return line;
  }
}
