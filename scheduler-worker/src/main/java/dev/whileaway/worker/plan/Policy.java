package dev.whileaway.worker.plan;

import dev.whileaway.presence.OnlineRule;
import java.time.Duration;
import java.time.LocalTime;

/// The rules of telling: the standard ladder is push, wait, e-mail.
///
/// @param escalation from the push to the e-mail
/// @param onlineRetry until a user who was online is looked at again
/// @param nightFrom from this local hour on a push is silent; equal to `nightTo`: there is no night
/// @param nightTo until before this local hour
/// @param onUnknown what holds of a send that nobody answered for
/// @param online when a user is online
/// @param ladder which steps there are
/// @param backoff how long to wait before a step that failed is tried again
public record Policy(
    Duration escalation,
    Duration onlineRetry,
    LocalTime nightFrom,
    LocalTime nightTo,
    OnUnknown onUnknown,
    OnlineRule online,
    Ladder ladder,
    Backoff backoff) {

  /// Ten minutes, five minutes, 23:00 to 08:00, presume; push, then e-mail.
  public static final Policy STANDARD =
      new Policy(
          Duration.ofMinutes(10),
          Duration.ofMinutes(5),
          LocalTime.of(23, 0),
          LocalTime.of(8, 0),
          OnUnknown.PRESUME,
          OnlineRule.STANDARD);

  /// The standard ladder and back-off.
  public Policy(
      Duration escalation,
      Duration onlineRetry,
      LocalTime nightFrom,
      LocalTime nightTo,
      OnUnknown onUnknown,
      OnlineRule online) {
    this(
        escalation,
        onlineRetry,
        nightFrom,
        nightTo,
        onUnknown,
        online,
        Ladder.PUSH_THEN_EMAIL,
        Backoff.STANDARD);
  }

  /// Whether a push at this local time is to be silent. The night may span midnight; the hour that
  /// daylight saving skips or repeats is judged by what the clock on the wall shows.
  public boolean night(LocalTime local) {
    boolean afterStart = !local.isBefore(nightFrom);
    boolean beforeEnd = local.isBefore(nightTo);
    return nightFrom.isAfter(nightTo) ? afterStart || beforeEnd : afterStart && beforeEnd;
  }

  /// Attempts at a push that an e-mail can stand in for: as many as fit into the wait after which
  /// the e-mail would have come, so that the two waits do not add up.
  int attemptsBeforeMail() {
    return backoff.attemptsWithin(escalation);
  }

  /// The steps of telling.
  public enum Ladder {
    /// A push, and after the escalation an e-mail.
    PUSH_THEN_EMAIL,
    /// A push, and nothing after it.
    PUSH,
    /// An e-mail at once.
    EMAIL;

    public boolean hasPush() {
      return this != EMAIL;
    }

    public boolean hasEmail() {
      return this != PUSH;
    }
  }

  /// What holds of a send that nobody answered for.
  public enum OnUnknown {
    /// It was sent: never a second time.
    PRESUME,
    /// It was not: at least once, at the risk of twice.
    RESEND
  }
}
