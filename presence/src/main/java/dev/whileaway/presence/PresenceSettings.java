package dev.whileaway.presence;

import java.nio.file.Path;
import java.time.Duration;

/// How presence is kept.
///
/// @param folder where its file lies
/// @param expectedUsers the file is sized for these; it grows to several times of it, then refuses
///   new users and counts them
/// @param keepFor entries of users not seen for longer are swept
/// @param rule the online rule
/// @param defaultKeepAlive how long a connection counts as open if its client does not say
public record PresenceSettings(
    Path folder, long expectedUsers, Duration keepFor, OnlineRule rule, Duration defaultKeepAlive) {

  public PresenceSettings {
    if (expectedUsers < 1) {
      throw new IllegalArgumentException(
          "expected presence.expected-users to be at least 1, but found " + expectedUsers);
    }
    if (keepFor.compareTo(rule.recent()) < 0) {
      throw new IllegalArgumentException(
          "expected presence.keep-for to be at least %s, which the online rule looks back, but found %s"
              .formatted(rule.recent(), keepFor));
    }
    if (!defaultKeepAlive.isPositive()) {
      throw new IllegalArgumentException(
          "expected presence.keep-alive to be more than zero, but found " + defaultKeepAlive);
    }
  }
}
