package dev.whileaway.ops.bench;

/// What the whole pipeline came to, from due to answered.
///
/// @param perSecond digests, over the middle eighty per cent of them
/// @param cpuSecondsPer100k of `serve`: shards, log and worker
/// @param fakesCpuSecondsPer100k of the fake providers
/// @param givenBackPercent leases given back for want of room, of the digests between
/// @param unanswered pushes that a fake took too long to answer; they count as told
/// @param lost digests that were never sent
/// @param doubled sends beyond one a digest
record PipelineFigures(
    double perSecond,
    double cpuSecondsPer100k,
    double fakesCpuSecondsPer100k,
    double givenBackPercent,
    long unanswered,
    long lost,
    long doubled) {}
