package dev.whileaway.worker.deliver.route;

import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.route.Route.Surroundings;
import java.time.Duration;
import java.time.Instant;

/// A place on a route. What never left this machine is tried again here, a few times and briefly.
final class RoutePlace implements Reservation.Place {

  /// Beside the first try; each costs a place its time.
  private static final int RETRIES_MAX = 2;

  private static final Duration RETRY_FIRST = Duration.ofMillis(50);
  private static final int RETRY_GROWTH = 4;

  private final RouteControl control;
  private final Shares.Share share;
  private final Surroundings around;
  private final boolean probe;
  private final Reservation.Place beyond;
  private boolean sent;
  private boolean closed;

  /// @param probe this send shows whether a banned provider works again
  /// @param beyond what else the message needs
  RoutePlace(
      RouteControl control,
      Shares.Share share,
      Surroundings around,
      boolean probe,
      Reservation.Place beyond) {
    this.control = control;
    this.share = share;
    this.around = around;
    this.probe = probe;
    this.beyond = beyond;
  }

  @Override
  public Outcome send(Instant until, Reservation.Tries tries) throws InterruptedException {
    Outcome outcome = sendOnce(until);
    Duration pause = RETRY_FIRST;
    for (int retry = 0; retry < RETRIES_MAX; retry++) {
      if (!around.clock().instant().plus(pause).isBefore(until) || !control.paysRetry(outcome)) {
        return outcome;
      }
      tries.again(outcome);
      try {
        around.pauses().pause(spread(pause));
      } catch (InterruptedException _) {
        return outcome; // It has not left: nobody need wonder. The answer to its lease goes out.
      }
      outcome = sendOnce(until);
      pause = pause.multipliedBy(RETRY_GROWTH);
    }
    return outcome;
  }

  private Outcome sendOnce(Instant until) throws InterruptedException {
    sent = true;
    Instant began = around.clock().instant();
    Outcome outcome = new Outcome.Unknown("broken off");
    try {
      outcome = beyond.send(until);
      return outcome;
    } finally {
      control.answered(outcome, probe, began);
    }
  }

  /// Over its upper half, so that those who failed together do not come back together.
  private Duration spread(Duration pause) {
    long half = pause.toNanos() / 2;
    return Duration.ofNanos(half + around.random().nextLong(half + 1));
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    beyond.close();
    if (!sent) {
      control.unsent(probe);
    }
    share.give();
    control.givePermit();
  }
}
