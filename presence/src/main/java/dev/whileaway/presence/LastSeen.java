package dev.whileaway.presence;

/// One user's entry in the presence file: three longs, laid out by Chronicle Values in the order of
/// their names. The fields are those of [PresenceReading].
///
/// Public and top-level because the build generates implementations beside it (`ValueClasses`).
/// Never change it without changing [MapFile#LAYOUT]: an old file would be read as if it were a new
/// one.
public interface LastSeen {

  long getLastWebAtMillis();

  void setLastWebAtMillis(long millis);

  long getLastAppAtMillis();

  void setLastAppAtMillis(long millis);

  long getConnectedUntilMillis();

  void setConnectedUntilMillis(long millis);
}
