package dev.whileaway.templates;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// All that `catalogue.yaml` says: the event types and what digests of them share.
///
/// @param languages the first is the default
/// @param types by name, in the order of sections
record DigestRules(
    Product product,
    List<Locale> languages,
    Map<String, TypeRules> types,
    List<Combination> combinations) {

  /// @param web what a mail's links begin with
  /// @param app what a push's link begins with
  /// @param accent the colour of the button, as `#rrggbb`
  record Product(
      String name,
      String web,
      String app,
      String accent,
      Link home,
      Link preferences,
      Link unsubscribe) {}

  /// @param link what shows all events of the type
  /// @param linkToOne what shows those of one sender
  /// @param excerpt the member of an event's data that is shown as a quotation, also the name of
  ///   data that is plain text; empty: no quotation
  /// @param members the members of an event's data that texts and layouts may name
  /// @param rows events that a mail shows of this type, at most
  record TypeRules(
      EventType type,
      Link link,
      Link linkToOne,
      String excerpt,
      Set<String> members,
      String layout,
      int rows) {}

  /// A set of types whose common digest has texts of its own.
  record Combination(String name, Set<String> types) {}

  Catalogue catalogue() {
    var together = new LinkedHashMap<String, Set<String>>();
    combinations.forEach(some -> together.put(some.name(), some.types()));
    return new Catalogue(types.values().stream().map(TypeRules::type).toList(), together);
  }

  Locale defaultLanguage() {
    return languages.getFirst();
  }

  TypeRules of(EventType type) {
    TypeRules rules = types.get(type.name());
    if (rules == null) {
      throw new IllegalArgumentException(
          "expected a type of the catalogue, but found '" + type.name() + "'");
    }
    return rules;
  }
}
