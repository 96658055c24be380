package dev.whileaway.templates;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/// All that a digest tells, in no language yet.
///
/// @param digestId the same for the same digest, whoever renders it: it chooses text variants
/// @param groups one for each type that has events, in the catalogue's order; never empty
/// @param zone in which times are shown
/// @param at when it is told
public record DigestContent(
    String digestId, Person recipient, Locale locale, ZoneId zone, Instant at, List<Group> groups) {

  /// The events of one type.
  ///
  /// @param events how many there are; `items` may hold fewer
  /// @param senders how many distinct senders they have
  /// @param items the newest first
  public record Group(EventType type, long events, int senders, List<Item> items) {}

  /// One event.
  ///
  /// @param data plain text, or a JSON object whose members templates may name; not trusted
  public record Item(Person sender, String data, Instant at) {}

  /// All events of all types.
  public long events() {
    return groups.stream().mapToLong(Group::events).sum();
  }
}
