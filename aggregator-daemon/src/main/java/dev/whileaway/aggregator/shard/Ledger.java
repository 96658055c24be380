package dev.whileaway.aggregator.shard;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.whileaway.internal.v1.LedgerEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was decided about each user, as cold records: at most [#ENTRIES_MAX] entries a user, and
/// none older than the limit of days.
///
/// An entry's key ends in its number, not in its time: a small record a user says which numbers
/// there are, so that an entry is written, the oldest removed and all of them read without a search
/// among the keys, and two entries of one millisecond cannot meet.
final class Ledger {

  static final int ENTRIES_MAX = 200;
  private static final char HEAD_SPACE = 'H';
  private static final char ENTRY_SPACE = 'L';

  private final ColdStore cold;
  private final LedgerCalendar calendar;

  Ledger(ColdStore cold, LedgerCalendar calendar) {
    this.cold = cold;
    this.calendar = calendar;
  }

  /// The numbers of a user's entries, `first` to `next - 1`, and the last day on which the user was
  /// written into the calendar.
  private record Head(long first, long next, long day) {

    static final Head NONE = new Head(0, 0, 0);

    long entries() {
      return next - first;
    }
  }

  /// Oldest first.
  List<LedgerEntry> entries(UserId user) {
    Head head = head(user);
    var entries = new ArrayList<LedgerEntry>((int) head.entries());
    for (long number = head.first; number < head.next; number++) {
      entries.add(entry(user, number));
    }
    return List.copyOf(entries);
  }

  /// Adds an entry; returns how many gave way.
  int add(UserId user, LedgerEntry entry) {
    Head head = head(user);
    long day = LedgerCalendar.day(entry.getAtMillis());
    cold.put(entryKey(user, head.next), entry.toByteArray());
    if (head.day != day) {
      calendar.write(day, user);
    }
    long first = Math.max(head.first, head.next + 1 - ENTRIES_MAX);
    delete(user, head.first, first);
    putHead(user, new Head(first, head.next + 1, day));
    return (int) (first - head.first);
  }

  /// Removes the entries of before `oldestMillis`; returns how many.
  int removeBefore(UserId user, long oldestMillis) {
    Head head = head(user);
    long first = head.first;
    while (first < head.next && entry(user, first).getAtMillis() < oldestMillis) {
      first++;
    }
    delete(user, head.first, first);
    if (first == head.next) {
      cold.delete(headKey(user));
    } else if (first > head.first) {
      putHead(user, new Head(first, head.next, head.day));
    }
    return (int) (first - head.first);
  }

  void removeAll(UserId user) {
    Head head = head(user);
    if (head.entries() > 0) {
      delete(user, head.first, head.next);
      cold.delete(headKey(user));
    }
  }

  private void delete(UserId user, long from, long to) {
    for (long number = from; number < to; number++) {
      cold.delete(entryKey(user, number));
    }
  }

  private LedgerEntry entry(UserId user, long number) {
    byte @Nullable [] record = cold.get(entryKey(user, number));
    if (record == null) {
      throw new IllegalStateException(
          "expected ledger entry " + number + " of user " + user + ", but found none");
    }
    try {
      return LedgerEntry.parseFrom(record);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("expected a ledger entry, but found a broken record", e);
    }
  }

  private Head head(UserId user) {
    byte @Nullable [] record = cold.get(headKey(user));
    if (record == null) {
      return Head.NONE;
    }
    var from = new Unpacker(record);
    return new Head(from.varint(), from.varint(), from.varint());
  }

  private void putHead(UserId user, Head head) {
    cold.put(
        headKey(user),
        new Packer().varint(head.first).varint(head.next).varint(head.day).toBytes());
  }

  private static byte[] headKey(UserId user) {
    return ColdStore.key(HEAD_SPACE, user).toBytes();
  }

  private static byte[] entryKey(UserId user, long number) {
    return ColdStore.ordered(ColdStore.key(ENTRY_SPACE, user), number).toBytes();
  }
}
