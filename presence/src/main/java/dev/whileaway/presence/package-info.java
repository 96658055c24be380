/// Presence: when and where a user was last seen, whether the app is connected, and the rule that
/// makes "online" of it. Soft state: losing it means that a user counts as offline.
///
/// ```
/// PresenceService ── gRPC
///   ├─ OnlineRule            is this reading online now?
///   └─ PresenceStore         what is known of many users; PresenceReading has the rules of time
///        ├─ HeapPresenceStore        a plain map, for tests and replays
///        └─ ChroniclePresenceStore   a mapped file that survives a kill
///             ├─ PresenceFolder      lock, marks, names of files
///             └─ PresenceMaps        opens, recovers, replaces, enlarges the file
/// ```
@NullMarked
package dev.whileaway.presence;

import org.jspecify.annotations.NullMarked;
