package dev.whileaway.worker.deliver.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;

/// What a provider answered.
///
/// @param status of HTTP
/// @param body missing: it was no JSON, as from a proxy on the way
record JsonAnswer(int status, JsonNode body) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WORDS_CHARACTERS_MAX = 300;

  static JsonAnswer of(AggregatedHttpResponse response) {
    return new JsonAnswer(response.status().code(), json(response.contentUtf8()));
  }

  private static JsonNode json(String content) {
    try {
      return JSON.readTree(content);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /// For people: the status, the provider's own code, and what it said, cut short.
  String words(String code, String message) {
    String words = (status + " " + code).strip() + " " + message;
    return words.length() > WORDS_CHARACTERS_MAX
        ? words.substring(0, WORDS_CHARACTERS_MAX)
        : words.strip();
  }
}
