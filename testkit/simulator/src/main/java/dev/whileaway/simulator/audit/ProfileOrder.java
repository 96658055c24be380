package dev.whileaway.simulator.audit;

import java.util.Set;

/// What a change of a profile says about being told.
///
/// @param muted ids of types
public record ProfileOrder(boolean pushOff, boolean emailOff, Set<Integer> muted) {}
