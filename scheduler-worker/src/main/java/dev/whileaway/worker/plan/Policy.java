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
public record Policy(
    Duration escalation,
    Duration onlineRetry,
    LocalTime nightFrom,
    LocalTime nightTo,
    OnUnknown onUnknown,
    OnlineRule online) {

  /// Ten minutes, five minutes, 23:00 to 08:00, presume.
  public static final Policy STANDARD =
      new Policy(
          Duration.ofMinutes(10),
          Duration.ofMinutes(5),
          LocalTime.of(23, 0),
          LocalTime.of(8, 0),
          OnUnknown.PRESUME,
          OnlineRule.STANDARD);

  /// Whether a push at this local time is to be silent. The night may span midnight; the hour that
  /// daylight saving skips or repeats is judged by what the clock on the wall shows.
  public boolean night(LocalTime local) {
    boolean afterStart = !local.isBefore(nightFrom);
    boolean beforeEnd = local.isBefore(nightTo);
    return nightFrom.isAfter(nightTo) ? afterStart || beforeEnd : afterStart && beforeEnd;
  }

  /// What holds of a send that nobody answered for.
  public enum OnUnknown {
    /// It was sent: never a second time.
    PRESUME,
    /// It was not: at least once, at the risk of twice.
    RESEND
  }
}
