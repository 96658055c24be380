package dev.whileaway.worker.deliver.route;

import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import dev.whileaway.worker.deliver.route.Breaker.Admission;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// All that a route decides by. Pure: each method makes the state that follows.
record RouteState(Breaker breaker, InFlight inFlight, Pace pace, RetryBudget retries) {

  static RouteState begin(RouteRules rules, Instant now) {
    return new RouteState(
        Breaker.closed(now),
        InFlight.begin(rules.inFlight(), now),
        Pace.begin(now),
        RetryBudget.BEGIN);
  }

  /// What a send that wants to enter is told.
  sealed interface Entry {}

  /// It may not.
  sealed interface Shut extends Entry {}

  /// It may, after a pause.
  ///
  /// @param next the state from now on
  /// @param probe it is the one send that shows whether a banned provider works again
  record Admitted(RouteState next, boolean probe, Duration pause) implements Entry {}

  /// Not for so long: the provider is banned.
  record Barred(Duration left) implements Shut {}

  /// Not for so long, which is longer than it would wait: by the rate, or the provider's wish.
  record Resting(Duration left) implements Shut {}

  Entry enter(Instant now, RouteRules rules) {
    Admission admission = breaker.admission(now);
    if (admission == Admission.NO) {
      return new Barred(left(now));
    }
    Duration pause = pace.pause(now);
    if (pause.compareTo(rules.patience()) > 0) {
      return new Resting(pause);
    }
    return admitted(admission, pause, now, rules);
  }

  /// What a send is told that goes with another: it takes its turn, and does not wait for it.
  /// Beside a probe it goes out too, or its device would never be told; it decides nothing.
  Entry join(Instant now, RouteRules rules) {
    if (breaker instanceof Breaker.Probing) {
      return new Admitted(
          new RouteState(breaker, inFlight, pace.taken(now, rules.perSecondMax()), retries),
          false,
          Duration.ZERO);
    }
    Admission admission = breaker.admission(now);
    return admission == Admission.NO
        ? new Barred(left(now))
        : admitted(admission, Duration.ZERO, now, rules);
  }

  private Admitted admitted(Admission admission, Duration pause, Instant now, RouteRules rules) {
    RouteState next =
        new RouteState(
            breaker.admitted(now), inFlight, pace.taken(now, rules.perSecondMax()), retries);
    return new Admitted(next, admission == Admission.PROBE, pause);
  }

  /// What has come up against a send since it was admitted: it has waited, and much may have
  /// happened.
  Optional<Shut> shutSince(boolean probe, Instant now) {
    if (!probe && !(breaker instanceof Breaker.Closed)) {
      return Optional.of(new Barred(left(now)));
    }
    return pace.resting(now)
        ? Optional.of(new Resting(Duration.between(now, pace.restUntil())))
        : Optional.empty();
  }

  private Duration left(Instant now) {
    return breaker instanceof Breaker.Banned(var until, _)
        ? Duration.between(now, until)
        : Duration.ofSeconds(1); // The probe's answer is soon.
  }

  /// So many wait for a place.
  RouteState crowded(int waiting, Instant now, RouteRules rules) {
    return with(inFlight.crowded(waiting, rules.queueMax(), now, rules.inFlight()));
  }

  /// A send has ended.
  ///
  /// @param took from its beginning to its end
  RouteState answered(
      Outcome outcome, boolean probe, Duration took, Instant now, RouteRules rules) {
    if (outcome instanceof Outcome.RetryAfter(_, var trouble, _)
        && trouble == Trouble.TURNED_AWAY) {
      return left(probe, now); // It says nothing of the provider, neither good nor bad.
    }
    boolean failed = failed(outcome);
    Breaker trust =
        probe
            ? breaker.probed(failed, now, rules.breaker())
            : breaker.answered(failed, now, rules.breaker());
    boolean slow = took.compareTo(rules.inFlight().slow()) > 0;
    InFlight allowed =
        slow || strained(outcome) ? inFlight.strained(now, rules.inFlight()) : inFlight.eased();
    RetryBudget earned = outcome instanceof Outcome.Accepted ? retries.earned() : retries;
    return new RouteState(trust, allowed, rest(outcome, now), earned);
  }

  /// A place was given back unused, or not got, or its send was not looked at.
  RouteState left(boolean probe, Instant now) {
    return probe ? new RouteState(breaker.probeLeft(now), inFlight, pace, retries) : this;
  }

  /// A send gives its turn back before it has come.
  RouteState turnLeft(RouteRules rules) {
    return new RouteState(breaker, inFlight, pace.givenBack(rules.perSecondMax()), retries);
  }

  /// Whether a send that ended so may be tried again at once, which [#retried] then pays for. Only
  /// what never left this machine is: all else waits in the shard, as long as the provider asked.
  boolean mayRetry(Outcome outcome, Instant now) {
    return !pace.resting(now)
        && outcome instanceof Outcome.RetryAfter(_, var trouble, _)
        && (trouble == Trouble.WAY || trouble == Trouble.TURNED_AWAY)
        && breaker instanceof Breaker.Closed
        && retries.suffices();
  }

  RouteState retried(Instant now, RouteRules rules) {
    return new RouteState(
        breaker, inFlight, pace.taken(now, rules.perSecondMax()), retries.spent());
  }

  private RouteState with(InFlight changed) {
    return changed == inFlight ? this : new RouteState(breaker, changed, pace, retries);
  }

  private Pace rest(Outcome outcome, Instant now) {
    return switch (outcome) {
      case Outcome.Accepted _ -> pace.eased(now);
      case Outcome.Unregistered _, Outcome.Rejected _, Outcome.Unknown _ -> pace;
      case Outcome.RetryAfter(var delay, var trouble, _) ->
          switch (trouble) {
            case PACE -> pace.rested(now.plus(delay));
            case STRAIN -> pace.strained(now);
            case RECIPIENT, PROVIDER, WAY, TURNED_AWAY -> pace;
          };
    };
  }

  /// Whether it speaks against the provider. A refusal does, though it may be the recipient's
  /// fault: where half of all are refused, something greater is wrong. A dead token does not.
  private static boolean failed(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted _, Outcome.Unregistered _ -> false;
      case Outcome.Rejected _, Outcome.Unknown _ -> true;
      case Outcome.RetryAfter(_, var trouble, _) ->
          switch (trouble) {
            case RECIPIENT, PACE, STRAIN, TURNED_AWAY -> false;
            case PROVIDER, WAY -> true;
          };
    };
  }

  private static boolean strained(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted _, Outcome.Unregistered _, Outcome.Rejected _ -> false;
      case Outcome.Unknown _ -> true;
      case Outcome.RetryAfter(_, var trouble, _) -> trouble != Trouble.RECIPIENT;
    };
  }
}
