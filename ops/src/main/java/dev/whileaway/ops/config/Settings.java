package dev.whileaway.ops.config;

import dev.whileaway.aggregator.DaemonSettings;
import dev.whileaway.worker.WorkerSettings;
import dev.whileaway.worker.deliver.DeliverySettings;
import java.nio.file.Path;
import java.util.Optional;

/// What `serve` runs with.
///
/// @param templates a folder of templates in place of the standard ones
/// @param clock not set: real time
public record Settings(
    DaemonSettings daemon,
    WorkerSettings worker,
    DeliverySettings delivery,
    Optional<Path> templates,
    Optional<FastForward> clock) {}
