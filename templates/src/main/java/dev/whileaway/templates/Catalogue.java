package dev.whileaway.templates;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The declared event types, and which of them are told together in words of their own. Immutable.
public final class Catalogue {

  private final List<EventType> types;
  private final Map<String, Set<String>> combinations;
  private final Map<String, EventType> byName = new LinkedHashMap<>();
  private final Map<Integer, EventType> byId = new LinkedHashMap<>();

  /// Without combinations.
  public Catalogue(List<EventType> types) {
    this(types, Map.of());
  }

  /// @param combinations names of types that have texts of their own together, by the texts' name
  public Catalogue(List<EventType> types, Map<String, Set<String>> combinations) {
    this.types = List.copyOf(types);
    this.combinations = Collections.unmodifiableMap(new LinkedHashMap<>(combinations));
    for (EventType type : types) {
      if (byName.put(type.name(), type) != null || byId.put(type.id(), type) != null) {
        throw new IllegalArgumentException("type declared twice: " + type);
      }
    }
  }

  /// In the order in which digests show them.
  public List<EventType> types() {
    return types;
  }

  /// Names of types that have texts of their own together, by the texts' name.
  public Map<String, Set<String>> combinations() {
    return combinations;
  }

  public Optional<EventType> type(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Optional<EventType> type(int id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// The names, for an error that says what was expected.
  public String names() {
    return types.stream().map(EventType::name).collect(Collectors.joining(", "));
  }
}
