package dev.whileaway.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// What a fake remembers of the sends that reached it. Safe for use by many threads.
public final class Sends<T> {

  private final int kept;
  private final Deque<T> newest = new ArrayDeque<>();
  private final List<Consumer<? super T>> listeners = new CopyOnWriteArrayList<>();
  private long count;

  /// @param kept sends remembered at most; then the oldest give way
  public Sends(int kept) {
    this.kept = kept;
  }

  /// Remembers a send, then tells the listeners, in the thread of the caller.
  ///
  /// @return how many there are with it
  public long add(T send) {
    long number;
    synchronized (newest) {
      number = ++count;
      newest.addLast(send);
      if (newest.size() > kept) {
        newest.removeFirst();
      }
    }
    listeners.forEach(listener -> listener.accept(send));
    return number;
  }

  public void onAdd(Consumer<? super T> listener) {
    listeners.add(listener);
  }

  /// What is remembered, oldest first.
  public List<T> all() {
    synchronized (newest) {
      return new ArrayList<>(newest);
    }
  }

  /// How many there ever were.
  public long count() {
    synchronized (newest) {
      return count;
    }
  }
}
