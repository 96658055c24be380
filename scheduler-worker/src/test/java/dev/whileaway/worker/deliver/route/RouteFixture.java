package dev.whileaway.worker.deliver.route;

import dev.whileaway.testkit.clock.ManualClock;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Reservation.Place;
import dev.whileaway.worker.deliver.Reservation.Refused;
import dev.whileaway.worker.deliver.Reservation.Refused.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/// A route on a manual clock, whose sends end as they are told to.
abstract class RouteFixture {

  static final Outcome ACCEPTED = new Outcome.Accepted("", "");
  static final Outcome LOST = retry(Duration.ofSeconds(10), Trouble.WAY);
  static final Outcome OUTAGE = retry(Duration.ofSeconds(10), Trouble.PROVIDER);
  static final Outcome TURNED_AWAY = retry(Duration.ofSeconds(10), Trouble.TURNED_AWAY);
  static final Duration PATIENCE = Duration.ofMillis(20);

  final ManualClock clock = ManualClock.at("2026-03-02T12:00:00Z");
  final Shares shares = new Shares(100);
  final List<Duration> paused = new ArrayList<>();
  Route.Pauses pauses = this::pause;
  final Deque<Outcome> outcomes = new ArrayDeque<>();
  int sends;

  static Outcome retry(Duration delay, Trouble trouble) {
    return new Outcome.RetryAfter(delay, trouble, "");
  }

  Route route(Importance importance, int inFlightMax, int perSecondMax) {
    return route(importance, inFlightMax, perSecondMax, PATIENCE);
  }

  Route route(Importance importance, int inFlightMax, int perSecondMax, Duration patience) {
    var rules =
        new RouteRules(
            importance,
            new InFlight.Rules(
                Math.min(2, inFlightMax), inFlightMax, 1, Duration.ofSeconds(1), PATIENCE),
            2,
            patience,
            perSecondMax,
            new Breaker.Rules(
                Duration.ofSeconds(10), 4, 50, Duration.ofSeconds(30), Duration.ofMinutes(10)));
    var around = new Route.Surroundings(shares, clock, new Random(1), pauses);
    return new Route("fcm app", rules, around);
  }

  private void pause(Duration pause) {
    if (!pause.isZero()) {
      paused.add(pause);
      clock.advance(pause);
    }
  }

  Reservation reserve(Route route) throws InterruptedException {
    return route.reserve(() ->
        Reservation.free(() -> {
          sends++;
          return outcomes.isEmpty() ? ACCEPTED : outcomes.poll();
        }));
  }

  Outcome send(Route route) throws InterruptedException {
    return send(route, clock.instant().plusSeconds(60));
  }

  Outcome send(Route route, Instant until) throws InterruptedException {
    return switch (reserve(route)) {
      case Refused(_, var outcome) -> outcome;
      case Place place -> {
        try (place) {
          yield place.send(until);
        }
      }
    };
  }

  static Cause cause(Reservation reservation) {
    return reservation instanceof Refused(var cause, _) ? cause : null;
  }
}
