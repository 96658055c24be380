package dev.whileaway.worker.deliver.route;

import dev.whileaway.worker.deliver.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The state of a route under its lock, and the permits that follow it. Safe for use by many
/// threads.
final class RouteControl {

  /// Long enough that each route of a busy worker is asked in it.
  private static final Duration ASKED_SPAN = Duration.ofSeconds(1);

  /// Short: what would wait for two of these had better come again.
  private static final Duration ENDED_SPAN = Duration.ofMillis(250);

  /// A second has so many times what is counted in that span and the running one, or a little less.
  private static final int ENDED_A_SECOND = 3;

  /// While nothing can have ended yet a send is taken to need a tenth of a second.
  private static final int TAKEN_A_SECOND = 10;

  private static final Duration BEGINNING = Duration.ofSeconds(1);

  private final RouteRules rules;
  private final InstantSource clock;
  private final Route.Pauses pauses;
  private final Permits permits;
  private final AtomicInteger waiting = new AtomicInteger();
  private final RouteCounts counts = new RouteCounts();
  private RouteState state;
  private Returns returns;
  private Lately asked;
  private Lately ended;
  private Instant begun;

  RouteControl(RouteRules rules, Route.Surroundings around) {
    this.rules = rules;
    this.clock = around.clock();
    this.pauses = around.pauses();
    Instant now = clock.instant();
    state = RouteState.begin(rules, now);
    permits = new Permits(state.inFlight().limit());
    returns = Returns.begin(now);
    asked = Lately.nothing(ASKED_SPAN, now);
    ended = Lately.nothing(ENDED_SPAN, now);
    begun = now;
  }

  synchronized RouteState.Entry enter() {
    Instant now = clock.instant();
    asked = asked.counted(now);
    RouteState.Entry entry = state.enter(now, rules);
    if (entry instanceof RouteState.Admitted admitted) {
      if (underWay() == 0) {
        begun = now;
      }
      become(admitted.next());
    }
    return entry;
  }

  /// The same for a send that goes with another.
  synchronized RouteState.Entry join() {
    RouteState.Entry entry = state.join(clock.instant(), rules);
    if (entry instanceof RouteState.Admitted admitted) {
      become(admitted.next());
    }
    return entry;
  }

  /// Callers hold the lock.
  private void become(RouteState next) {
    int grown = next.inFlight().limit() - state.inFlight().limit();
    state = next;
    if (grown != 0) {
      permits.change(grown);
    }
  }

  /// Waits in the queue, if that has room: until the send's turn has come, then for a permit.
  ///
  /// @param pause until its turn
  boolean takePermit(Duration pause) throws InterruptedException {
    if (pause.isZero() && permits.tryAcquire()) {
      return true;
    }
    int line = waiting.incrementAndGet();
    try {
      if (line > rules.queueMax()) {
        crowded(line);
        leaveTurn();
        return false;
      }
      pauses.pause(pause);
      if (permits.tryAcquire()) {
        return true;
      }
      crowded(line);
      return permits.tryAcquire(rules.patience().toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      waiting.decrementAndGet();
    }
  }

  /// A send goes before its turn has come.
  synchronized void leaveTurn() {
    become(state.turnLeft(rules));
  }

  /// Whether the route was shut while a send waited.
  synchronized Optional<RouteState.Shut> shutSince(boolean probe) {
    return state.shutSince(probe, clock.instant());
  }

  /// Takes a permit that there may not be: those that come later wait for it.
  void joinPermit() {
    permits.change(-1);
  }

  void givePermit() {
    permits.release();
  }

  private synchronized void crowded(int line) {
    become(state.crowded(line, clock.instant(), rules));
  }

  RouteCounts counts() {
    return counts;
  }

  synchronized void answered(Outcome outcome, boolean probe, Instant began) {
    counts.add(outcome);
    Instant now = clock.instant();
    ended = ended.counted(now);
    become(state.answered(outcome, probe, Duration.between(began, now), now, rules));
  }

  synchronized void unsent(boolean probe) {
    become(state.left(probe, clock.instant()));
  }

  /// Whether a send that ended so may be tried again; then that is paid for.
  synchronized boolean paysRetry(Outcome outcome) {
    Instant now = clock.instant();
    boolean pays = state.mayRetry(outcome, now);
    if (pays) {
      counts.add(RouteCounts.What.RETRIED);
      become(state.retried(now, rules));
    }
    return pays;
  }

  /// In how long one comes again that found no room: one after the other, as the route takes them.
  ///
  /// @param earliest what the route or its provider asks for
  synchronized Duration comesAgainIn(Duration earliest) {
    Instant now = clock.instant();
    Instant from = now.plus(earliest);
    Duration wait = Duration.between(now, returns.moment(from));
    returns = returns.given(from, perSecond(now));
    return wait;
  }

  /// How many sends it is taken for, by how many have ended of late: one for each that may be under
  /// way at least, since a route that stands still may go on at any time. Callers hold the lock.
  private int perSecond(Instant now) {
    int limit = state.inFlight().limit();
    boolean begins = !now.isBefore(begun) && now.isBefore(begun.plus(BEGINNING));
    int guess = begins ? TAKEN_A_SECOND * limit : limit;
    int allowed = rules.perSecondMax() == 0 ? guess : Math.min(guess, rules.perSecondMax());
    return Math.max(allowed, ENDED_A_SECOND * ended.count(now));
  }

  private int underWay() {
    return Math.max(0, state.inFlight().limit() - permits.availablePermits());
  }

  /// @param shareLeft of the worker's places
  synchronized Route.Load load(int shareLeft) {
    Instant now = clock.instant();
    int limit = state.inFlight().limit();
    int line = waiting.get();
    return new Route.Load(
        rules.importance(),
        line,
        rules.queueMax(),
        underWay(),
        limit,
        shareLeft,
        asked.count(now),
        line <= ended.count(now),
        state.pace().resting(now),
        !(state.breaker() instanceof Breaker.Closed));
  }
}
