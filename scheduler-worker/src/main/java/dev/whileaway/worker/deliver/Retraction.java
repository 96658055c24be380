package dev.whileaway.worker.deliver;

import dev.whileaway.v1.Device;
import java.time.Instant;

/// Takes a delivered push off a device, without waking it: its user has seen elsewhere what the
/// push tells. The app removes the notification if it is still that of this digest.
///
/// @param collapseKey the push's: a device that is off gets this in its place
/// @param expiresAt when the provider may give up: the push itself is no news any more by then
public record Retraction(Device device, String digestId, String collapseKey, Instant expiresAt) {}
