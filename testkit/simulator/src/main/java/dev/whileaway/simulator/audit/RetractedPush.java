package dev.whileaway.simulator.audit;

/// What a provider was asked to take back, whether it did or not.
///
/// @param token of the device
/// @param optedIn whether the device's app knows how to take a push back
public record RetractedPush(String digestId, String token, boolean optedIn) {}
