package dev.whileaway.aggregator.edge.auth;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import dev.whileaway.aggregator.DaemonSettings.ApiKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/// The configured API keys. Without any, everybody may do everything.
public final class ApiKeys {

  private static final String BEARER = "Bearer ";

  private final List<Known> known;

  public ApiKeys(List<ApiKey> keys) {
    this.known = keys.stream().map(key -> new Known(key, digest(key.key()))).toList();
  }

  private record Known(ApiKey key, HashCode digest) {}

  public boolean open() {
    return known.isEmpty();
  }

  /// The key of an `authorization: Bearer KEY` header.
  public Optional<ApiKey> ofHeader(String header) {
    return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? find(header.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  /// The configured key with this text. How long it takes tells nothing of how near the text came:
  /// digests are compared, in constant time, and always with every key.
  public Optional<ApiKey> find(String text) {
    HashCode digest = digest(text);
    Optional<ApiKey> found = Optional.empty();
    for (Known candidate : known) {
      if (MessageDigest.isEqual(candidate.digest().asBytes(), digest.asBytes())) {
        found = Optional.of(candidate.key());
      }
    }
    return found;
  }

  private static HashCode digest(String text) {
    return Hashing.sha256().hashString(text, StandardCharsets.UTF_8);
  }
}
