package dev.whileaway.ops.config;

import static dev.whileaway.ops.config.ConfigurationException.expected;

/// What holds of all secrets of the configuration.
final class Secrets {

  /// How secrets begin that the example file shows, and everybody knows.
  private static final String EXAMPLE = "replace-me";

  private Secrets() {}

  /// @param key what holds the secret
  static void refuseExample(String key, String secret) throws ConfigurationException {
    if (secret.startsWith(EXAMPLE)) {
      throw expected(key, "a secret of your own, made by: openssl rand -hex 32", "the example's");
    }
  }
}
