package dev.whileaway.worker.deliver.route;

/// What the mails to one receiving domain may use of the mail server.
///
/// @param connections at once, at most
/// @param perSecondMax mails begun in a second; zero: any number
public record PerDomain(int connections, int perSecondMax) {

  /// Any rate, and three quarters of the connections: a domain that stands still leaves others
  /// some.
  ///
  /// @param connections to the mail server, for all domains together
  public static PerDomain of(int connections) {
    return new PerDomain(Math.max(1, connections * 3 / 4), 0);
  }
}
