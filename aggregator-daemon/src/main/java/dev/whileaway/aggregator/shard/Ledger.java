package dev.whileaway.aggregator.shard;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.whileaway.internal.v1.LedgerEntry;
import java.util.List;

/// What was decided about each user, as cold records: at most [#ENTRIES_MAX] entries a user, and
/// none older than the limit of days.
///
/// An entry is written without a look at the user's others, which lie in the database more often
/// than not: its number is that of the shard's last entry and one. So nobody knows when a ledger
/// has become too long. One entry in [#CUT_EVERY] has its user's ledger read and cut to length: of
/// those who write a lot all are met soon, whatever they do, since chance chooses, and it chooses
/// alike on every replica. Until then the surplus lies there unread.
final class Ledger {

  static final int ENTRIES_MAX = 200;

  /// A power of two.
  static final int CUT_EVERY = 32;

  private static final char SPACE = 'L';

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
  /// @param number greater than that of any entry of the shard so far
  int add(UserId user, long number, LedgerEntry entry) {
    byte[] key = key(user);
    cold.append(key, number, entry.toByteArray());
    calendar.write(LedgerCalendar.day(entry.getAtMillis()), user);
    return (PackedId.mix(number) & CUT_EVERY - 1) == 0 ? cut(key) : 0;
  }

  private int cut(byte[] key) {
    var all = cold.series(key);
    int surplus = Math.max(0, all.size() - ENTRIES_MAX);
    all.sequencedKeySet().stream().limit(surplus).forEach(number -> cold.remove(key, number));
    return surplus;
  }

  /// Removes the entries of before `oldestMillis`; returns how many.
  int removeBefore(UserId user, long oldestMillis) {
    byte[] key = key(user);
    int removed = 0;
    for (var entry : cold.series(key).sequencedEntrySet()) {
      if (parse(entry.getValue()).getAtMillis() >= oldestMillis) {
        break;
      }
      cold.remove(key, entry.getKey());
      removed++;
    }
    return removed;
  }

  void removeAll(UserId user) {
    byte[] key = key(user);
    cold.series(key).sequencedKeySet().forEach(number -> cold.remove(key, number));
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
