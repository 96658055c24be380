package dev.whileaway.presence;

import java.nio.file.Path;
import java.time.Duration;

/// Settings as tests need them.
final class TestSettings {

  private TestSettings() {}

  static PresenceSettings in(Path folder, long expectedUsers) {
    return new PresenceSettings(
        folder, expectedUsers, Duration.ofDays(30), OnlineRule.STANDARD, Duration.ofHours(24));
  }
}
