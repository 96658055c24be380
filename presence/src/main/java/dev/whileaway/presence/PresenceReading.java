package dev.whileaway.presence;

import com.google.common.math.LongMath;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// What is known of a user's presence, in milliseconds since 1970; 0: never.
///
/// Every store changes a reading by the methods below, so that all keep the same rules. Time never
/// goes back: an earlier moment than the kept one is ignored. The exception mends what a wrong
/// clock did: a kept moment that lies a day or more ahead of the new one gives way to it, or the
/// user would count as never seen until that day comes.
///
/// @param connectedUntilMillis the app's live connection counts as open before this moment
public record PresenceReading(
    long lastWebAtMillis, long lastAppAtMillis, long connectedUntilMillis) {

  /// A user who was never seen.
  public static final PresenceReading NEVER = new PresenceReading(0, 0, 0);

  /// A kept moment this far ahead of a new one came from a clock that was wrong.
  static final long WRONG_AHEAD_MILLIS = TimeUnit.DAYS.toMillis(1);

  /// The latest activity anywhere; 0: none.
  public long lastSeenAtMillis() {
    return Math.max(lastWebAtMillis, lastAppAtMillis);
  }

  /// The user did something on the web.
  PresenceReading touchedWeb(Instant at) {
    return new PresenceReading(
        newer(lastWebAtMillis, millis(at)), lastAppAtMillis, connectedUntilMillis);
  }

  /// The user did something in the app.
  PresenceReading touchedApp(Instant at) {
    return new PresenceReading(
        lastWebAtMillis, newer(lastAppAtMillis, millis(at)), connectedUntilMillis);
  }

  /// The app's connection opened or is still open: app activity. The newest Connect says how long
  /// the connection counts as open, even if an older one said longer; one that arrives late can
  /// only prolong it.
  PresenceReading connected(Instant at, Duration keepAlive) {
    long atMillis = millis(at);
    long untilMillis = LongMath.saturatedAdd(atMillis, TimeUnit.MILLISECONDS.convert(keepAlive));
    long lastApp = newer(lastAppAtMillis, atMillis);
    return new PresenceReading(
        lastWebAtMillis,
        lastApp,
        lastApp == atMillis ? untilMillis : Math.max(connectedUntilMillis, untilMillis));
  }

  /// The app's connection closed; no activity.
  PresenceReading disconnected() {
    return new PresenceReading(lastWebAtMillis, lastAppAtMillis, 0);
  }

  private static long newer(long keptMillis, long atMillis) {
    boolean wrong = keptMillis - atMillis >= WRONG_AHEAD_MILLIS;
    return wrong ? atMillis : Math.max(keptMillis, atMillis);
  }

  /// 0 says "never", so the first moment that can be kept is the millisecond after it.
  private static long millis(Instant at) {
    return Math.max(1, at.toEpochMilli());
  }
}
