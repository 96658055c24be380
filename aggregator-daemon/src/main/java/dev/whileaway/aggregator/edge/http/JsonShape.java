package dev.whileaway.aggregator.edge.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.whileaway.aggregator.edge.rules.Found;
import dev.whileaway.aggregator.edge.rules.Nearest;
import dev.whileaway.v1.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Compares the shape of a JSON tree with a message type before protobuf reads it: protobuf would
/// stop at the first fault, and not say where it is.
final class JsonShape {

  private static final int VIOLATIONS_MAX = 100;

  private static final Map<Descriptor, Map<String, FieldDescriptor>> FIELDS =
      new ConcurrentHashMap<>();

  private final List<Violation> violations = new ArrayList<>();

  private JsonShape() {}

  static List<Violation> check(JsonNode root, Descriptor type) {
    JsonShape shape = new JsonShape();
    shape.object(root, type, "");
    return shape.violations;
  }

  private void object(JsonNode node, Descriptor type, String path) {
    if (type.getFullName().startsWith("google.protobuf.")) {
      // Durations and moments have forms of their own, which protobuf itself checks well.
      return;
    }
    if (!node.isObject()) {
      add(path, "expected a JSON object, but found " + kind(node));
      return;
    }
    node.properties().forEach(entry -> member(entry.getKey(), entry.getValue(), type, path));
  }

  private void member(String name, JsonNode value, Descriptor type, String path) {
    FieldDescriptor field = fields(type).get(name);
    if (field == null) {
      add(join(path, bare(name)), unknown(name, type));
    } else if (!value.isNull()) {
      field(field, value, join(path, field.getName()));
    }
  }

  private void field(FieldDescriptor field, JsonNode value, String path) {
    if (!field.isRepeated()) {
      value(field, value, path);
    } else if (!value.isArray()) {
      add(path, "expected a JSON array, but found " + kind(value));
    } else {
      for (int i = 0; i < value.size() && violations.size() < VIOLATIONS_MAX; i++) {
        value(field, value.get(i), path + "[" + i + "]");
      }
    }
  }

  private void value(FieldDescriptor field, JsonNode value, String path) {
    switch (field.getJavaType()) {
      case MESSAGE -> object(value, field.getMessageType(), path);
      case ENUM -> enumName(field.getEnumType(), value, path);
      case STRING -> {
        if (!value.isTextual()) {
          add(path, "expected a JSON string, but found " + kind(value));
        }
      }
      case BOOLEAN -> {
        if (!value.isBoolean()) {
          add(path, "expected true or false, but found " + kind(value));
        }
      }
      case INT, LONG, FLOAT, DOUBLE -> {
        // 64-bit numbers are strings in JSON; protobuf takes either form for all of them.
        if (!value.isNumber() && !value.isTextual()) {
          add(path, "expected a number, but found " + kind(value));
        }
      }
      case BYTE_STRING -> {
        if (!value.isTextual()) {
          add(path, "expected base64 in a JSON string, but found " + kind(value));
        }
      }
    }
  }

  private void enumName(EnumDescriptor type, JsonNode value, String path) {
    boolean known = value.isTextual() && type.findValueByName(value.asText()) != null;
    if (!known && !value.isNumber()) {
      String names =
          type.getValues().stream()
              .filter(v -> v.getNumber() != 0)
              .map(EnumValueDescriptor::getName)
              .collect(Collectors.joining(", "));
      add(path, "expected one of " + names + ", but found " + shown(value));
    }
  }

  private static String unknown(String name, Descriptor type) {
    List<String> names = type.getFields().stream().map(FieldDescriptor::getName).toList();
    Optional<String> nearest = Nearest.of(name, names);
    return "expected a field of %s (%s), but found %s%s"
        .formatted(
            type.getName(),
            String.join(", ", names),
            Found.quote(name),
            nearest.map(guess -> "; did you mean " + guess + "?").orElse(""));
  }

  /// By both names that JSON may use: `eventId` and `event_id`.
  private static Map<String, FieldDescriptor> fields(Descriptor type) {
    return FIELDS.computeIfAbsent(
        type,
        t -> {
          Map<String, FieldDescriptor> fields = new HashMap<>();
          t.getFields().forEach(field -> fields.put(field.getName(), field));
          t.getFields().forEach(field -> fields.put(field.getJsonName(), field));
          return fields;
        });
  }

  private void add(String path, String description) {
    if (violations.size() < VIOLATIONS_MAX) {
      violations.add(Violation.newBuilder().setField(path).setDescription(description).build());
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /// As a path shows it; a name that is no name is quoted.
  static String bare(String name) {
    return name.matches("\\w{1,60}") ? name : Found.quote(name);
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT, POJO -> "an object";
      case ARRAY -> "an array";
      case STRING, BINARY -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case NULL, MISSING -> "null";
    };
  }

  /// A text itself, of anything else its kind.
  static String shown(JsonNode value) {
    return value.isTextual() ? Found.quote(value.asText()) : kind(value);
  }
}
