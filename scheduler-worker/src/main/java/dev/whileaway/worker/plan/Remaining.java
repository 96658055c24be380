package dev.whileaway.worker.plan;

import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.DigestContent;
import dev.whileaway.templates.EventType;
import dev.whileaway.templates.Person;
import dev.whileaway.v1.Profile;
import dev.whileaway.worker.plan.Due.PendingEvent;
import dev.whileaway.worker.plan.Due.TypeTotal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is left to tell of a backlog after the revalidation, and a count of what was left out.
///
/// @param groups in the catalogue's order; each has at least one item
/// @param newestAt time of the newest event that is left; [Instant#EPOCH] if none is
/// @param wantedUntil from then on all that is left is too old to tell
record Remaining(
    List<DigestContent.Group> groups,
    Instant newestAt,
    Instant wantedUntil,
    long ofDeletedSenders,
    long ofMutedTypes,
    long ofUndeclaredTypes) {

  static Remaining of(Due due, Circumstances known, Catalogue catalogue) {
    Map<String, List<PendingEvent>> kept =
        due.events().stream()
            .collect(
                Collectors.groupingBy(PendingEvent::type, LinkedHashMap::new, Collectors.toList()));
    Map<String, TypeTotal> totals =
        due.totals().stream().collect(Collectors.toMap(TypeTotal::type, t -> t, (a, _) -> a));
    Profile recipient = known.recipient().profileOrEmpty();
    Set<String> muted = Set.copyOf(recipient.getPreferences().getMutedTypesList());
    Predicate<PendingEvent> deleted =
        event -> known.sender(event.sender()) instanceof UserState.Forgotten;

    List<DigestContent.Group> groups = new ArrayList<>();
    for (EventType type : catalogue.types()) {
      List<PendingEvent> all = kept.getOrDefault(type.name(), List.of());
      List<PendingEvent> left = all.stream().filter(deleted.negate()).toList();
      // Without a kept event there is nothing to show, and nobody could be revalidated: events
      // that are only counted are told only beside kept ones.
      if (!left.isEmpty() && !muted.contains(type.name())) {
        groups.add(group(type, all, left, totals.get(type.name()), known));
      }
    }
    return new Remaining(
        List.copyOf(groups),
        latest(groups, _ -> Duration.ZERO),
        latest(groups, EventType::expiresAfter),
        due.events().stream().filter(deleted).count(),
        due.events().stream()
            .filter(deleted.negate())
            .filter(e -> muted.contains(e.type()))
            .count(),
        due.events().stream().filter(e -> catalogue.type(e.type()).isEmpty()).count());
  }

  /// The total counts events that are no longer kept; of those nobody knows the sender any more, so
  /// exactly what is seen to be of a deleted sender is taken off.
  private static DigestContent.Group group(
      EventType type,
      List<PendingEvent> all,
      List<PendingEvent> left,
      @Nullable TypeTotal total,
      Circumstances known) {
    int sendersLeft = senders(left);
    int sendersDeleted = senders(all) - sendersLeft;
    long events = left.size();
    int senders = sendersLeft;
    if (total != null) {
      events = Math.max(events, total.events() - (all.size() - left.size()));
      senders = Math.max(senders, total.distinctSenders() - sendersDeleted);
    }
    List<DigestContent.Item> newestFirst =
        left.reversed().stream()
            .map(e -> new DigestContent.Item(person(e, known), e.data(), e.at()))
            .toList();
    return new DigestContent.Group(type, events, senders, newestFirst);
  }

  private static Person person(PendingEvent event, Circumstances known) {
    return People.of(event.sender(), known.sender(event.sender()).profileOrEmpty());
  }

  private static int senders(List<PendingEvent> events) {
    return (int) events.stream().map(PendingEvent::sender).distinct().count();
  }

  private static Instant latest(
      List<DigestContent.Group> groups, Function<EventType, Duration> after) {
    return groups.stream()
        .flatMap(
            group -> group.items().stream().map(item -> item.at().plus(after.apply(group.type()))))
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }

  /// What was left out, as a clause; empty if nothing was.
  String leftOut() {
    List<String> parts = new ArrayList<>();
    addPart(parts, ofDeletedSenders, "of deleted senders");
    addPart(parts, ofMutedTypes, "of muted types");
    addPart(parts, ofUndeclaredTypes, "of types that the catalogue does not have");
    return parts.isEmpty() ? "" : "left out: " + String.join(", ", parts);
  }

  private static void addPart(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }
}
