package dev.whileaway.aggregator.edge.service;

import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.EventType;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Names of event types for their ids, and back. Shards keep ids; callers see names.
public final class TypeNames {

  private final Catalogue catalogue;
  private final Map<Integer, Integer> places = new HashMap<>();

  public TypeNames(Catalogue catalogue) {
    this.catalogue = catalogue;
    for (EventType type : catalogue.types()) {
      places.put(type.id(), places.size());
    }
  }

  /// A type that the catalogue no longer has is still shown, as `type-17`: its events were
  /// acknowledged.
  public String name(int id) {
    return catalogue.type(id).map(EventType::name).orElseGet(() -> "type-" + id);
  }

  /// Its place in the order in which digests show types; unknown ones come last.
  public int place(int id) {
    return places.getOrDefault(id, Integer.MAX_VALUE);
  }

  /// The type of a name that the field rules have checked.
  EventType type(String name) {
    return catalogue
        .type(name)
        .orElseThrow(() -> new IllegalStateException("expected a checked type, but found " + name));
  }

  Set<Integer> ids(Collection<String> names) {
    return names.stream().map(name -> type(name).id()).collect(Collectors.toUnmodifiableSet());
  }
}
