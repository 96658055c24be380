package dev.whileaway.worker.deliver.route;

import dev.whileaway.worker.deliver.Reservation.Place;
import java.util.ArrayDeque;
import java.util.Deque;

/// What was taken so far on the way to a place: given back, the last first, if there is none in the
/// end. Used by one thread.
final class Taken implements AutoCloseable {

  private final Deque<Runnable> givesBack = new ArrayDeque<>(3);

  void add(Runnable giveBack) {
    givesBack.push(giveBack);
  }

  /// The place gives it all back from now on.
  Place handOver(Place place) {
    givesBack.clear();
    return place;
  }

  @Override
  public void close() {
    givesBack.forEach(Runnable::run);
  }
}
