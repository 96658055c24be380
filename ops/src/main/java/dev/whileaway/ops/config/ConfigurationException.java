package dev.whileaway.ops.config;

/// A setting is wrong. The message is one line that names the place, the key, what was expected and
/// what was found; never a secret.
public final class ConfigurationException extends Exception {

  private final String key;

  ConfigurationException(String message) {
    this("", message);
  }

  private ConfigurationException(String key, String message) {
    super(message);
    this.key = key;
  }

  static ConfigurationException expected(String key, String expected, String found) {
    return new ConfigurationException(key, key + ": expected " + expected + ", but found " + found);
  }

  String key() {
    return key;
  }

  /// The same with its place, such as `FILE:LINE: `.
  ConfigurationException at(String place) {
    return new ConfigurationException(key, place + getMessage());
  }
}
