package dev.whileaway.aggregator.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// What gave way in a backlog, by ascending type.
record Tally(List<TypeTally> types) {

  static final Tally NONE = new Tally(List.of());

  boolean isEmpty() {
    return types.isEmpty();
  }

  long events() {
    long events = 0;
    for (TypeTally tally : types) {
      events += tally.events();
    }
    return events;
  }

  /// Whether this event's sender is one too many to be remembered.
  boolean isFullFor(KeptEvent event) {
    return types.stream()
        .anyMatch(tally -> tally.type() == event.type() && tally.isFullFor(event.senderHash()));
  }

  Tally plus(KeptEvent event) {
    return plus(TypeTally.of(event));
  }

  Tally plus(Tally other) {
    Tally sum = this;
    for (TypeTally tally : other.types) {
      sum = sum.plus(tally);
    }
    return sum;
  }

  Tally without(Predicate<TypeTally> gone) {
    return isEmpty() ? this : new Tally(types.stream().filter(gone.negate()).toList());
  }

  List<TypeTally> matching(Predicate<TypeTally> wanted) {
    return isEmpty() ? types : types.stream().filter(wanted).toList();
  }

  private Tally plus(TypeTally added) {
    var sum = new ArrayList<>(types);
    int at = 0;
    while (at < sum.size() && sum.get(at).type() < added.type()) {
      at++;
    }
    if (at < sum.size() && sum.get(at).type() == added.type()) {
      sum.set(at, sum.get(at).plus(added));
    } else {
      sum.add(at, added);
    }
    return new Tally(List.copyOf(sum));
  }

  void writeTo(Packer to) {
    to.varint(types.size());
    types.forEach(tally -> tally.writeTo(to));
  }

  static Tally read(Unpacker from) {
    int count = from.varint32();
    var types = new ArrayList<TypeTally>(count);
    for (int i = 0; i < count; i++) {
      types.add(TypeTally.read(from));
    }
    return new Tally(List.copyOf(types));
  }
}
