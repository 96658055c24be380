package dev.whileaway.testkit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// What a server does with a request, as it should or not.
public sealed interface Answer {

  /// Says something.
  ///
  /// @param headers names in lower case
  record Response(int status, Map<String, String> headers, byte[] body) implements Answer {

    /// The same with these headers too.
    public Response with(Map<String, String> more) {
      Map<String, String> all = new HashMap<>(headers);
      all.putAll(more);
      return new Response(status, all, body);
    }
  }

  /// Never answers.
  record Silence() implements Answer {}

  /// Drops the connection, and all other requests on it, as a machine that dies does.
  record HangUp() implements Answer {}

  /// Says that the connection takes no more (HTTP/2's GOAWAY); what is under way on it is answered.
  record LastOnes(Answer answer) implements Answer {}

  /// Says that neither this request nor any later one on the connection was looked at (HTTP/2's
  /// GOAWAY with an earlier last stream); what began before is answered. HTTP/1.1 has no such word,
  /// and hangs up.
  ///
  /// @param errorCode why (RFC 9113 section 7); zero: in good order
  record TurnAway(long errorCode) implements Answer {}

  /// Decides after a while.
  record Later(Duration delay, Supplier<Answer> answer) implements Answer {}

  static Response empty(int status, Map<String, String> headers) {
    return new Response(status, headers, new byte[0]);
  }

  static Response text(int status, String text) {
    return new Response(
        status, Map.of("content-type", "text/plain; charset=utf-8"), text.getBytes(UTF_8));
  }

  static Response json(int status, String json) {
    return new Response(
        status, Map.of("content-type", "application/json; charset=utf-8"), json.getBytes(UTF_8));
  }
}
