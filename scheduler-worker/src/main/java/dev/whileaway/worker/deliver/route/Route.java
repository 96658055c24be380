package dev.whileaway.worker.deliver.route;

import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Reservation.Refused;
import dev.whileaway.worker.deliver.Reservation.Refused.Cause;
import dev.whileaway.worker.deliver.route.RouteCounts.What;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The way to one provider for one app, or to one domain: who waits, how many are under way, and
/// whether it is open at all. [RouteState] decides, this waits. Safe for use by many threads.
public final class Route {

  /// A digest that finds the queue full comes again when it has moved.
  private static final Duration FULL_DELAY = Duration.ofSeconds(1);

  /// Those who come again to an open route, for each send that may be under way: as if an answer
  /// took 100 ms.
  private static final int RETURNS_WHERE_OPEN = 10;

  /// The same where a route stands still: each of them costs a lease for nothing.
  private static final int RETURNS_WHERE_STILL = 1;

  private final String name;
  private final RouteRules rules;
  private final Surroundings around;
  private final Shares.Share share;
  private final RouteControl control;

  /// What routes have in common.
  ///
  /// @param clock the daemons' clock
  /// @param random spreads retries
  public record Surroundings(
      Shares shares, InstantSource clock, RandomGenerator random, Pauses pauses) {}

  /// How to wait.
  public interface Pauses {
    void pause(Duration pause) throws InterruptedException;
  }

  /// Takes what a message needs beside the route: a connection, a text that fits.
  public interface Beyond {
    Reservation reserve() throws InterruptedException;
  }

  /// How a route stands.
  ///
  /// @param limit sends that may be under way at present
  /// @param shareLeft of the worker's places, how many more it may hold
  /// @param asked sends that wanted to go this way in the last second or two
  /// @param keepsPace what waits is no more than what ended in the last half second
  /// @param resting its provider wants nothing at present
  /// @param banned its provider fails
  public record Load(
      Importance importance,
      int waiting,
      int queueMax,
      int underWay,
      int limit,
      int shareLeft,
      int asked,
      boolean keepsPace,
      boolean resting,
      boolean banned) {

    /// How many sends have to end before a further one begins; negative: so many may begin at once.
    int ahead() {
      return waiting + underWay - limit;
    }

    /// Whether half of it lies free.
    boolean isIdle() {
      return !banned && !resting && waiting == 0 && 2 * underWay < limit;
    }
  }

  /// @param name for the ledger and the metrics: `fcm android`
  public Route(String name, RouteRules rules, Surroundings around) {
    this.name = name;
    this.rules = rules;
    this.around = around;
    share = around.shares().of(rules.importance());
    control = new RouteControl(rules, around);
  }

  public String name() {
    return name;
  }

  public Load load() {
    return control.load(share.left());
  }

  public RouteCounts counts() {
    return control.counts();
  }

  /// Takes a place on this route and beyond it. Each thing that is waited for is waited for as long
  /// as the rules' patience, at most.
  public Reservation reserve(Beyond beyond) throws InterruptedException {
    return switch (control.enter()) {
      case RouteState.Shut shut -> refused(shut);
      case RouteState.Admitted(_, var probe, var pause) -> takePlace(beyond, probe, pause);
    };
  }

  /// The same for what nobody wants any more from `expiresAt` on: no provider would keep it.
  public Reservation reserve(Instant expiresAt, Beyond beyond) throws InterruptedException {
    if (around.clock().instant().isBefore(expiresAt)) {
      return reserve(beyond);
    }
    counts().add(What.EXPIRED);
    return Reservation.impossible(
        new Outcome.Rejected(name + ": not sent, since it expired at " + expiresAt));
  }

  private Reservation takePlace(Beyond beyond, boolean probe, Duration pause)
      throws InterruptedException {
    try (var taken = new Taken()) {
      taken.add(() -> control.unsent(probe));
      if (!share.take()) {
        return crowded("it has its share of the worker's places");
      }
      taken.add(share::give);
      if (!control.takePermit(pause)) {
        return crowded("too many wait");
      }
      taken.add(control::givePermit);
      Optional<RouteState.Shut> shut = control.shutSince(probe);
      if (shut.isPresent()) {
        return refused(shut.get());
      }
      Reservation reservation = beyond.reserve();
      return reservation instanceof Reservation.Place place
          ? taken.handOver(new RoutePlace(control, share, around, probe, place))
          : reservation;
    }
  }

  private Reservation refused(RouteState.Shut shut) {
    return switch (shut) {
      case RouteState.Barred(var left) -> banned(left);
      case RouteState.Resting(var left) ->
          full(
              control.comesAgainIn(left, RETURNS_WHERE_STILL),
              "rests for " + left.toSeconds() + " s");
    };
  }

  private Reservation banned(Duration left) {
    Cause cause =
        switch (rules.importance()) {
          case HIGH -> Cause.BANNED;
          case LOW -> Cause.DROPPED;
        };
    counts().add(cause == Cause.BANNED ? What.BANNED : What.DROPPED);
    Duration wait = cause == Cause.BANNED ? control.comesAgainIn(left, RETURNS_WHERE_STILL) : left;
    String words = "%s is banned for %d s".formatted(name, Math.max(1, left.toSeconds()));
    return new Refused(cause, new Outcome.RetryAfter(wait, Trouble.PROVIDER, words));
  }

  private Reservation crowded(String why) {
    return full(control.comesAgainIn(FULL_DELAY, RETURNS_WHERE_OPEN), why);
  }

  private Reservation full(Duration delay, String why) {
    counts().add(What.FULL);
    return new Refused(
        Cause.FULL, new Outcome.RetryAfter(delay, Trouble.PACE, name + " is full: " + why));
  }
}
