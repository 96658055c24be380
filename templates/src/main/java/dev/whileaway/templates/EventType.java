package dev.whileaway.templates;

import java.time.Duration;

/// A declared type of event and its rules.
///
/// @param id stored in place of the name, 1 to 65,535; never reused for another type
/// @param name lower-case letters, digits and dashes: what reports name
/// @param urgent due at once, and the ladder restarts
/// @param window how long a backlog that it opens gathers
/// @param expiresAfter how long an event may wait before it is too old to tell
public record EventType(
    int id, String name, boolean urgent, Duration window, Duration expiresAfter) {}
