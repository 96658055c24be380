package dev.whileaway.worker.deliver;

import dev.whileaway.templates.PushText;
import dev.whileaway.v1.Device;
import java.time.Instant;

/// A push to one device.
///
/// @param digestId names the digest, for tracking
/// @param collapseKey a later push with the same key replaces this one on the device
/// @param silent shown without sound
/// @param expiresAt when the provider may give up
public record Push(
    Device device,
    String digestId,
    String collapseKey,
    PushText text,
    boolean silent,
    Instant expiresAt) {}
