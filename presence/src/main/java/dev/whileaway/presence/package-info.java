/// Presence: when and where a user was last seen, whether the app is connected, and the rule that
/// makes "online" of it. Soft state: losing it means that a user counts as offline.
@NullMarked
package dev.whileaway.presence;

import org.jspecify.annotations.NullMarked;
