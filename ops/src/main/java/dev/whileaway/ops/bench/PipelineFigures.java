package dev.whileaway.ops.bench;

/// What the whole pipeline came to, from due to answered.
///
/// @param perSecond digests, over the middle eighty per cent of them
/// @param cpuSecondsPer100k of `serve`: shards, log and worker
/// @param fakesCpuSecondsPer100k of the fake providers
/// @param lost digests that no provider accepted in the end
/// @param doubled pushes that came more often than once
record PipelineFigures(
    double perSecond,
    double cpuSecondsPer100k,
    double fakesCpuSecondsPer100k,
    long lost,
    long doubled) {}
