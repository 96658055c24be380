package dev.whileaway.presence;

import java.time.Duration;
import java.time.Instant;

/// The rule that says whether a user is online.
///
/// The latest activity decides; a tie counts as web. On the web a user stays online for `web` after
/// it, in the app for `app` as long as the app's connection is open. Nobody whose latest activity
/// is `recent` ago or more is online.
///
/// A moment ahead of `now` is what two clocks that disagree leave behind, and counts as now. One
/// that is ahead by as much as its surface keeps a user online came from a clock that was wrong: it
/// is not believed, or it would keep the user online until its day comes. So the rule looks the
/// same distance ahead as back.
public record OnlineRule(Duration recent, Duration web, Duration app) {

  /// Thirty minutes, fifteen, fifteen.
  public static final OnlineRule STANDARD =
      new OnlineRule(Duration.ofMinutes(30), Duration.ofMinutes(15), Duration.ofMinutes(15));

  public boolean online(PresenceReading reading, Instant now) {
    long nowMillis = now.toEpochMilli();
    long lastWeb = believed(reading.lastWebAtMillis(), nowMillis + web.toMillis());
    long lastApp = believed(reading.lastAppAtMillis(), nowMillis + app.toMillis());
    long last = Math.max(lastWeb, lastApp);
    if (last == 0 || nowMillis - last >= recent.toMillis()) {
      return false;
    }
    if (lastWeb == last) {
      return nowMillis - last < web.toMillis();
    }
    return nowMillis - last < app.toMillis() && nowMillis < reading.connectedUntilMillis();
  }

  private static long believed(long atMillis, long wrongFromMillis) {
    return atMillis < wrongFromMillis ? atMillis : 0;
  }
}
