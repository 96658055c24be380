package dev.whileaway.simulator.audit;

import dev.whileaway.aggregator.shard.LeaseKey;
import dev.whileaway.v1.Channel;
import java.util.List;

/// What a provider was handed.
///
/// @param lease under which the worker sends
/// @param knewStep when that worker last began to read what is known of users
/// @param target the device's token, or the address
/// @param events how many the digest says there are
/// @param tokens of the events that it shows
/// @param digestId of a push that its device can take back; else empty
/// @param accepted whether the provider took it
public record SentDigest(
    LeaseKey lease,
    long knewStep,
    Channel channel,
    String target,
    int events,
    List<String> tokens,
    String digestId,
    boolean accepted) {}
