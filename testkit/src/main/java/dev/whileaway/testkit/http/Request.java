package dev.whileaway.testkit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/// A request that has come whole.
///
/// @param path with its query
/// @param headers names in lower case
/// @param certified whether the client showed a certificate that the server trusts
public record Request(String path, Map<String, String> headers, byte[] body, boolean certified) {

  /// Empty: there is none.
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /// The body as UTF-8.
  public String text() {
    return new String(body, UTF_8);
  }
}
