package dev.whileaway.presence;

import java.time.Duration;
import java.time.Instant;

/// The rule that says whether a user is online.
///
/// The latest activity decides; a tie counts as web. On the web a user stays online for `web` after
/// it, in the app for `app` as long as the app's connection is open. Nobody whose latest activity
/// is `recent` ago or more is online.
public record OnlineRule(Duration recent, Duration web, Duration app) {

  /// Thirty minutes, fifteen, fifteen.
  public static final OnlineRule STANDARD =
      new OnlineRule(Duration.ofMinutes(30), Duration.ofMinutes(15), Duration.ofMinutes(15));

  public boolean online(PresenceReading reading, Instant now) {
    long nowMillis = now.toEpochMilli();
    long last = Math.max(reading.lastWebAtMillis(), reading.lastAppAtMillis());
    if (last == 0 || nowMillis - last >= recent.toMillis()) {
      return false;
    }
    if (reading.lastWebAtMillis() == last) {
      return nowMillis - last < web.toMillis();
    }
    return nowMillis - last < app.toMillis() && nowMillis < reading.connectedUntilMillis();
  }
}
