package dev.whileaway.ops.bench;

/// What the sends of one kind came to.
///
/// @param cpuSecondsPer100k of the sender, for a hundred thousand
/// @param fakeCpuSecondsPer100k of the fake server
/// @param p50Millis from the send to its answer; so is `p99Millis`
/// @param refused sends that found no place, or were not accepted
record SendFigures(
    double perSecond,
    double cpuSecondsPer100k,
    double fakeCpuSecondsPer100k,
    double p50Millis,
    double p99Millis,
    long refused) {}
