package dev.whileaway.testkit.push;

import java.util.Map;

/// A push as it came over the wire.
///
/// @param headers of the request, names in lower case
/// @param json the request's body
public record ReceivedPush(String token, Map<String, String> headers, String json) {}
