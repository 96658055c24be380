package dev.whileaway.worker.deliver.route;

import dev.whileaway.worker.deliver.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The state of a route under its lock, and the permits that follow it. Safe for use by many
/// threads.
final class RouteControl {

  /// Long enough that each route of a busy worker is asked in it.
  private static final Duration ASKED_SPAN = Duration.ofSeconds(1);

  /// Short: what would wait for two of these had better come again.
  private static final Duration ENDED_SPAN = Duration.ofMillis(250);

  private final RouteRules rules;
  private final InstantSource clock;
  private final Permits permits;
  private final AtomicInteger waiting = new AtomicInteger();
  private final RouteCounts counts = new RouteCounts();
  private RouteState state;
  private Returns returns;
  private Lately asked;
  private Lately ended;

  RouteControl(RouteRules rules, InstantSource clock) {
    this.rules = rules;
    this.clock = clock;
    Instant now = clock.instant();
    state = RouteState.begin(rules, now);
    permits = new Permits(state.inFlight().limit());
    returns = Returns.begin(now);
    asked = Lately.nothing(ASKED_SPAN, now);
    ended = Lately.nothing(ENDED_SPAN, now);
  }

  synchronized RouteState.Entry enter() {
    Instant now = clock.instant();
    asked = asked.counted(now);
    RouteState.Entry entry = state.enter(now, rules);
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

  /// Waits for a permit if the queue has room.
  boolean takePermit() throws InterruptedException {
    if (permits.tryAcquire()) {
      return true;
    }
    int line = waiting.incrementAndGet();
    try {
      crowded(line);
      return line <= rules.queueMax()
          && permits.tryAcquire(rules.patience().toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      waiting.decrementAndGet();
    }
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
    boolean pays = state.mayRetry(outcome);
    if (pays) {
      counts.add(RouteCounts.What.RETRIED);
      become(state.retried());
    }
    return pays;
  }

  /// In how long one comes again that found no room.
  ///
  /// @param earliest what the route or its provider asks for
  /// @param aSecond how many do, for each send that may be under way
  synchronized Duration comesAgainIn(Duration earliest, int aSecond) {
    Instant now = clock.instant();
    Instant from = now.plus(earliest);
    Duration wait = Duration.between(now, returns.moment(from));
    returns = returns.given(from, aSecond * state.inFlight().limit());
    return wait;
  }

  synchronized Route.Load load() {
    Instant now = clock.instant();
    int limit = state.inFlight().limit();
    int line = waiting.get();
    return new Route.Load(
        line,
        rules.queueMax(),
        Math.max(0, limit - permits.availablePermits()),
        limit,
        asked.count(now),
        line <= ended.count(now),
        state.pace().resting(now),
        !(state.breaker() instanceof Breaker.Closed));
  }
}
