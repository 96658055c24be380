package dev.whileaway.ops.config;

import dev.whileaway.worker.plan.Policy;
import java.util.Map;
import java.util.Optional;

/// How users are told: what a replay heeds of the settings.
public record PolicySettings(Policy policy, TemplateSettings templates) {

  /// The defaults.
  public static final PolicySettings STANDARD =
      new PolicySettings(
          Policy.STANDARD, new TemplateSettings(Optional.empty(), Map.of(), Optional.empty()));
}
