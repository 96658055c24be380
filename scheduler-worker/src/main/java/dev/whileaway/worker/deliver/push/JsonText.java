package dev.whileaway.worker.deliver.push;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;

/// Adds to an object that is text already: what a payload says is written once, and measured
/// without the device that it goes to.
final class JsonText {

  private JsonText() {}

  /// @param object with at least one member
  static String with(String object, String name, String value) {
    return withRaw(object, name, quoted(value));
  }

  /// @param object with at least one member
  static String with(String object, String name, List<String> values) {
    return withRaw(object, name, values.stream().map(JsonText::quoted).toList().toString());
  }

  private static String withRaw(String object, String name, String json) {
    return object.substring(0, object.length() - 1) + "," + quoted(name) + ":" + json + "}";
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
