package dev.whileaway.aggregator.shard;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.whileaway.internal.v1.LedgerEntry;
import java.util.List;

/// What was decided about each user, as cold records. Shown are the last [#ENTRIES_MAX] entries.
///
/// An entry is written, and removed when it is old, without a look at the user's others, which lie
/// in the database more often than not: its number is that of the shard's last entry and one. So
/// nobody knows when a ledger has become too long. One entry in [#CUT_EVERY] has its user's ledger
/// read and cut to length: of those who write a lot all are met soon, whatever they do, since
/// chance chooses, and it chooses alike on every replica. Until then the surplus lies there unread.
final class Ledger {

  static final int ENTRIES_MAX = 200;

  /// A power of two.
  static final int CUT_EVERY = 256;

  /// Pages of the calendar that go at once.
  private static final int AGED_PAGES_MAX = 4;

  private static final char SPACE = 'L';
  private static final char OLD_HEAD_SPACE = 'H';

  private final ColdStore cold;
  private final LedgerCalendar calendar;

  Ledger(ColdStore cold, LedgerCalendar calendar) {
    this.cold = cold;
    this.calendar = calendar;
  }

  /// Oldest first.
  List<LedgerEntry> entries(UserId user) {
    var all = cold.series(key(user)).values();
    return all.stream().skip(Math.max(0, all.size() - ENTRIES_MAX)).map(Ledger::parse).toList();
  }

  /// Adds an entry; returns how many gave way.
  ///
  /// @param number that of the shard's last entry and one
  int add(UserId user, long number, LedgerEntry entry) {
    byte[] key = key(user);
    cold.append(key, number, entry.toByteArray());
    calendar.write(LedgerCalendar.day(entry.getAtMillis()), number, user);
    return (PackedId.mix(number) & CUT_EVERY - 1) == 0 ? cut(key) : 0;
  }

  private int cut(byte[] key) {
    var all = cold.series(key);
    int surplus = Math.max(0, all.size() - ENTRIES_MAX);
    all.sequencedKeySet().stream().limit(surplus).forEach(number -> cold.remove(key, number));
    return surplus;
  }

  /// Removes some entries of days that had ended before `oldestMillis`; returns how many, with
  /// those that had been cut off before. Called as often as pages are filled, it keeps up.
  int age(long oldestMillis) {
    int removed = 0;
    for (int pages = 0; pages < AGED_PAGES_MAX; pages++) {
      var oldest = calendar.oldestBefore(oldestMillis);
      if (oldest.isEmpty()) {
        break;
      }
      calendar.removeOldest();
      long number = oldest.get().firstNumber();
      for (UserId user : oldest.get().users()) {
        cold.remove(key(user), number++);
        removed++;
      }
    }
    return removed;
  }

  void removeAll(UserId user) {
    byte[] key = key(user);
    cold.series(key).sequencedKeySet().forEach(number -> cold.remove(key, number));
    cold.delete(ColdStore.key(OLD_HEAD_SPACE, user).toBytes());
  }

  private static LedgerEntry parse(byte[] record) {
    try {
      return LedgerEntry.parseFrom(record);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("expected a ledger entry, but found a broken record", e);
    }
  }

  private static byte[] key(UserId user) {
    return ColdStore.key(SPACE, user).toBytes();
  }
}
