package dev.whileaway.simulator.audit;

/// What a client reports.
///
/// @param token names the event in this run; it is the event's data
public record EventOrder(
    String token,
    String recipient,
    String sender,
    int type,
    boolean urgent,
    long expiresAfterMillis) {}
