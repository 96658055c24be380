package dev.whileaway.worker.pipeline;

/// What the pipeline asks of the daemons.
public record Ports(Users users, PresenceReadings presence, DigestAnswers answers) {}
