package dev.whileaway.templates;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.whileaway.templates.DigestRules.TypeRules;
import java.util.HashMap;
import java.util.Map;

/// The members of an event's data that its type declares; all of them, those that are not given
/// empty. Plain text is the excerpt. Cleaned and cut: whatever was sent, it is safe to show.
final class EventData {

  private static final int GRAPHEMES_MAX = 160;
  private static final int BYTES_MAX = 640;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private EventData() {}

  static Map<String, String> of(String data, TypeRules rules) {
    var members = new HashMap<String, String>();
    rules.members().forEach(member -> members.put(member, ""));
    if (members.isEmpty()) {
      return members;
    }
    if (!readObject(data, members) && !rules.excerpt().isEmpty()) {
      members.put(rules.excerpt(), shown(data));
    }
    return members;
  }

  private static boolean readObject(String data, Map<String, String> members) {
    if (!data.startsWith("{") || data.length() > PlainText.INPUT_CHARS_MAX) {
      return false;
    }
    try {
      JsonNode object = JSON.readTree(data);
      members.replaceAll((member, _) -> shown(object.path(member).asText("")));
      return object.isObject();
    } catch (JsonProcessingException e) {
      // A message may begin with a brace and be no object: then it is text.
      return false;
    }
  }

  private static String shown(String text) {
    return PlainText.shown(text, GRAPHEMES_MAX, BYTES_MAX);
  }
}
