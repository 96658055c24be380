package dev.whileaway.worker.deliver.route;

import java.util.concurrent.Semaphore;

/// Permits whose number can change. Below zero nobody gets one until enough are given back.
final class Permits extends Semaphore {

  private static final long serialVersionUID = 1L;

  Permits(int permits) {
    super(permits);
  }

  void change(int by) {
    if (by > 0) {
      release(by);
    } else {
      reducePermits(-by);
    }
  }
}
