package dev.whileaway.worker.deliver.route;

import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Reservation.Refused;
import dev.whileaway.worker.deliver.Reservation.Refused.Cause;
import dev.whileaway.worker.deliver.Way;
import dev.whileaway.worker.deliver.route.RouteCounts.What;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The way to one provider for one app, or to one domain: who waits, how many are under way, and
/// whether it is open at all. [RouteState] decides, this waits. Safe for use by many threads.
public final class Route implements Way {

  /// A digest that finds the queue full comes again when it has moved.
  private static final Duration FULL_DELAY = Duration.ofSeconds(1);

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

    /// Whether half of it lies free.
    boolean isIdle() {
      return !banned && !resting && waiting == 0 && 2 * underWay < limit;
    }

    private String words() {
      return "%d of %d under way, %d of %d wait, its share allows %d more; asked for %d times of late%s%s%s"
          .formatted(
              underWay,
              limit,
              waiting,
              queueMax,
              shareLeft,
              asked,
              keepsPace ? "" : ", does not keep pace",
              resting ? ", rests" : "",
              banned ? ", is banned" : "");
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

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean standsStill() {
    return !load().keepsPace();
  }

  @Override
  public String words() {
    return name + ": " + load().words();
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
    return expired(expiresAt) ? gone(expiresAt) : reserve(beyond);
  }

  /// Takes a place beside one that a digest has on this route already. It waits for nothing: a
  /// digest that waited for a second place would hold its first, and many of them would hold all.
  /// Those that come later wait for it instead.
  public Reservation accompany(Instant expiresAt, Beyond beyond) throws InterruptedException {
    if (expired(expiresAt)) {
      return gone(expiresAt);
    }
    return switch (control.join()) {
      case RouteState.Shut shut -> refused(shut);
      case RouteState.Admitted(_, var probe, _) -> {
        try (var taken = new Taken()) {
          taken.add(() -> control.unsent(probe));
          share.join();
          taken.add(share::give);
          control.joinPermit();
          taken.add(control::givePermit);
          yield takeBeyond(beyond, probe, taken);
        }
      }
    };
  }

  private boolean expired(Instant expiresAt) {
    return !around.clock().instant().isBefore(expiresAt);
  }

  private Refused gone(Instant expiresAt) {
    counts().add(What.EXPIRED);
    return Reservation.impossible(
        new Outcome.Rejected(name + ": not sent, since it expired at " + expiresAt));
  }

  private Reservation takePlace(Beyond beyond, boolean probe, Duration pause)
      throws InterruptedException {
    try (var taken = new Taken()) {
      taken.add(() -> control.unsent(probe));
      if (!share.take()) {
        control.leaveTurn();
        return crowded("it has its share of the worker's places");
      }
      taken.add(share::give);
      if (!control.takePermit(pause)) {
        return crowded("too many wait");
      }
      taken.add(control::givePermit);
      Optional<RouteState.Shut> shut = control.shutSince(probe);
      return shut.isPresent() ? refused(shut.get()) : takeBeyond(beyond, probe, taken);
    }
  }

  private Reservation takeBeyond(Beyond beyond, boolean probe, Taken taken)
      throws InterruptedException {
    Instant began = around.clock().instant();
    Reservation reservation = beyond.reserve();
    if (reservation instanceof Refused(var cause, var outcome)) {
      switch (cause) {
        case NO_LOGIN -> control.answered(outcome, probe, began);
        case FULL -> counts().add(What.FULL); // It waits for a login, or a connection.
        case BANNED, DROPPED, IMPOSSIBLE -> {}
      }
    }
    return reservation instanceof Reservation.Place place
        ? taken.handOver(new RoutePlace(control, share, around, probe, place))
        : reservation;
  }

  private Reservation refused(RouteState.Shut shut) {
    return switch (shut) {
      case RouteState.Barred(var left) -> banned(left);
      case RouteState.Resting(var left) ->
          full(control.comesAgainIn(left), "rests for " + left.toSeconds() + " s");
    };
  }

  private Reservation banned(Duration left) {
    Cause cause =
        switch (rules.importance()) {
          case HIGH -> Cause.BANNED;
          case LOW -> Cause.DROPPED;
        };
    counts().add(cause == Cause.BANNED ? What.BANNED : What.DROPPED);
    // No moment is kept for it: with an e-mail to follow it never comes again.
    String words = "%s is banned for %d s".formatted(name, Math.max(1, left.toSeconds()));
    return new Refused(cause, new Outcome.RetryAfter(left, Trouble.PROVIDER, words));
  }

  private Reservation crowded(String why) {
    return full(control.comesAgainIn(FULL_DELAY), why);
  }

  private Reservation full(Duration delay, String why) {
    counts().add(What.FULL);
    return new Refused(
        Cause.FULL, new Outcome.RetryAfter(delay, Trouble.PACE, name + " is full: " + why));
  }
}
