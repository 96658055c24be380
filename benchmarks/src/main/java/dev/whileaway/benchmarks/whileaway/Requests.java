package dev.whileaway.benchmarks.whileaway;

import dev.whileaway.benchmarks.WorkEvent;
import dev.whileaway.v1.Event;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// From the workload's words to the contract's.
final class Requests {

  private static final List<String> TYPES =
      Arrays.stream(WorkEvent.Type.values())
          .map(type -> type.name().toLowerCase(Locale.ROOT))
          .toList();

  private Requests() {}

  static List<Event> events(List<WorkEvent> events) {
    return events.stream().map(Requests::event).toList();
  }

  private static Event event(WorkEvent event) {
    return Event.newBuilder()
        .setRecipient(Long.toString(event.recipient()))
        .setSender(Long.toString(event.sender()))
        .setType(TYPES.get(event.type().ordinal()))
        .setData(event.data())
        .build();
  }
}
