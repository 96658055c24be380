package dev.whileaway.presence;

import java.time.Duration;
import java.time.Instant;

/// Keeps the presence of many users. Safe for use by many threads; no call waits for I/O. Time
/// never goes back: an earlier moment than the kept one is ignored (what a wrong clock left behind
/// is mended: see [PresenceReading]). A closed store throws [IllegalStateException].
public interface PresenceStore extends AutoCloseable {

  /// The user did something on the web.
  void touchWeb(String user, Instant at);

  /// The user did something in the app.
  void touchApp(String user, Instant at);

  /// The app's live connection opened or is still open: app activity, and open until `keepAlive`
  /// has passed.
  void connect(String user, Instant at, Duration keepAlive);

  /// The app's live connection closed; this is not activity.
  void disconnect(String user);

  /// Removes what is known of a user.
  void forget(String user);

  /// What is known of a user; [PresenceReading#NEVER] if nothing.
  PresenceReading read(String user);

  /// Removes the entries of users who were last seen before `before`. Others are held up for
  /// milliseconds at most. Makes room for new users where there was none.
  ///
  /// @return how many were removed
  long sweep(Instant before);

  /// How full the store is.
  Usage usage();

  @Override
  void close();

  /// @param capacity about how many entries fit
  /// @param refused touches that found no room since the start; their users count as offline
  record Usage(long entries, long capacity, long refused) {}
}
