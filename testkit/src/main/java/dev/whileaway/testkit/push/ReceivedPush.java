package dev.whileaway.testkit.push;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A push as it came over the wire.
///
/// @param headers of the request, names in lower case
/// @param json the request's body
public record ReceivedPush(String token, Map<String, String> headers, String json) {

  private static final Pattern DIGEST_ID = Pattern.compile("\"digest_id\":\"(\\w+)\"");

  /// The digest that it tells; empty: none is named.
  public Optional<String> digestId() {
    Matcher matcher = DIGEST_ID.matcher(json);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
