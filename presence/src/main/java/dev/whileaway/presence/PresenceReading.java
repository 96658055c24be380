package dev.whileaway.presence;

/// What is known of a user's presence, in milliseconds since 1970; 0: never.
///
/// @param connectedUntilMillis the app's live connection counts as open before this moment
public record PresenceReading(
    long lastWebAtMillis, long lastAppAtMillis, long connectedUntilMillis) {

  /// A user who was never seen.
  public static final PresenceReading NEVER = new PresenceReading(0, 0, 0);
}
