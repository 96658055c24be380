package dev.whileaway.worker.deliver.route;

import java.time.Duration;

/// How a route behaves.
///
/// @param queueMax sends that may wait for a place at once
/// @param patience how long one of them waits
/// @param perSecondMax sends begun in a second; zero: any number
public record RouteRules(
    Importance importance,
    InFlight.Rules inFlight,
    int queueMax,
    Duration patience,
    int perSecondMax,
    Breaker.Rules breaker) {

  private static final Duration STEP_EVERY = Duration.ofSeconds(1);

  /// Short against a lease: what waits here is under one.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// Together with what it has in flight less than half of a worker's places, so that a route that
  /// stands still leaves the others room.
  private static final int PUSH_QUEUE_MAX = 200;

  private static final int MAILS_WAITING_PER_CONNECTION = 8;

  private static final Breaker.Rules BREAKER =
      new Breaker.Rules(
          Duration.ofSeconds(10), 20, 50, Duration.ofSeconds(30), Duration.ofMinutes(10));

  /// An app of a push platform. It begins with a hundred in flight, one connection's streams.
  ///
  /// @param inFlightMax the connections' streams together
  public static RouteRules push(Importance importance, int inFlightMax, int perSecondMax) {
    int begin = Math.min(100, inFlightMax);
    return new RouteRules(
        importance,
        new InFlight.Rules(begin, inFlightMax, begin, STEP_EVERY, Duration.ofSeconds(2)),
        PUSH_QUEUE_MAX,
        PATIENCE,
        perSecondMax,
        BREAKER);
  }

  /// A domain that receives e-mails: it begins with one connection.
  ///
  /// @param connections to the mail server, for all domains together
  public static RouteRules mail(int connections, PerDomain perDomain) {
    return new RouteRules(
        Importance.HIGH,
        new InFlight.Rules(1, perDomain.connections(), 1, STEP_EVERY, Duration.ofSeconds(10)),
        connections * MAILS_WAITING_PER_CONNECTION,
        PATIENCE,
        perDomain.perSecondMax(),
        BREAKER);
  }
}
