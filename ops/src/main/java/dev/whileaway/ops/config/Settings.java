package dev.whileaway.ops.config;

import dev.whileaway.aggregator.DaemonSettings;
import dev.whileaway.worker.WorkerSettings;
import dev.whileaway.worker.deliver.DeliverySettings;
import java.util.Optional;

/// What `serve` runs with.
///
/// @param clock not set: real time
public record Settings(
    DaemonSettings daemon,
    WorkerSettings worker,
    DeliverySettings delivery,
    TemplateSettings templates,
    Optional<FastForward> clock) {}
