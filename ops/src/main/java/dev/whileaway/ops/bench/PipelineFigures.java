package dev.whileaway.ops.bench;

/// What the whole pipeline came to, from due to answered.
///
/// @param perSecond digests, over the middle eighty per cent of them
/// @param cpuSecondsPer100k of `serve`: shards, log and worker
/// @param fakesCpuSecondsPer100k of the fake providers
/// @param givenBackPercent leases given back for want of room, of the digests between
/// @param p50Seconds from due to accepted: nearly all of it in the line, as all are due at once
/// @param p99Seconds the same
/// @param unanswered pushes that a fake took too long to answer; they count as told
/// @param lost digests that no fake received
/// @param doubled pushes that a fake received for a digest that had come before
record PipelineFigures(
    double perSecond,
    double cpuSecondsPer100k,
    double fakesCpuSecondsPer100k,
    double givenBackPercent,
    double p50Seconds,
    double p99Seconds,
    long unanswered,
    long lost,
    long doubled) {}
