package dev.whileaway.ops.trace;

import dev.whileaway.v1.Surface;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;

/// One line of a trace.
public sealed interface TraceAction {

  /// When it happened: a whole second.
  Instant at();

  /// Who did it, or, of a report, whom it was done to. A decimal number.
  String user();

  /// What is known of a user.
  ///
  /// @param devices how many can be pushed to
  /// @param email whether an address is known
  record Profile(Instant at, String user, Locale locale, ZoneId zone, int devices, boolean email)
      implements TraceAction {}

  /// A page was served that shows everything.
  record Visit(Instant at, String user, Surface surface) implements TraceAction {}

  /// A page was served that shows these types only.
  record View(Instant at, String user, Surface surface, Set<Integer> types)
      implements TraceAction {}

  /// Presence alone.
  record Touch(Instant at, String user, Surface surface) implements TraceAction {}

  /// The app's live connection opened.
  record Connect(Instant at, String user) implements TraceAction {}

  /// The app's live connection closed.
  record Disconnect(Instant at, String user) implements TraceAction {}

  /// An event.
  record Report(Instant at, String user, String sender, int type, String data)
      implements TraceAction {}

  /// The account was deleted.
  record Forget(Instant at, String user) implements TraceAction {}
}
