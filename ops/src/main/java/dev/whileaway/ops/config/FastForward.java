package dev.whileaway.ops.config;

import java.time.Instant;

/// A clock for demos and rehearsals: it starts at a moment and runs faster than real time.
///
/// @param speed seconds that pass in one real second, 1 or more
public record FastForward(Instant start, double speed) {}
