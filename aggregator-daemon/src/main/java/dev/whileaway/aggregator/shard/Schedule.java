package dev.whileaway.aggregator.shard;

import java.util.EnumSet;
import java.util.Set;

/// When a backlog's next step may happen, and what its ladder has done so far.
///
/// @param flagBits bit n stands for the flag with ordinal n
/// @param attempts leases of this step that ended without a send
record Schedule(long dueAtMillis, int flagBits, int attempts) {

  /// The schedule of a record without a backlog.
  static final Schedule NONE = new Schedule(0, 0, 0);

  static final int PUSH_SENT = bit(Flag.PUSH_SENT);

  static Schedule opened(long dueAtMillis) {
    return new Schedule(dueAtMillis, 0, 0);
  }

  /// An urgent event: due at once, and the ladder starts again.
  Schedule restarted(long nowMillis) {
    return new Schedule(Math.min(dueAtMillis, nowMillis), flagBits & ~PUSH_SENT, 0);
  }

  /// Due again: PUSH_SENT stays once it is set, the other flags are replaced. A step that was taken
  /// begins its tries anew.
  Schedule dueAgain(long atMillis, Set<Flag> given, boolean failed) {
    boolean stepTaken = given.contains(Flag.PUSH_SENT);
    int tries = stepTaken ? 0 : failed ? attempts + 1 : attempts;
    return new Schedule(atMillis, flagBits & PUSH_SENT | bits(given), tries);
  }

  /// Due again because nobody answered: the flags stay.
  Schedule triedAgain(long atMillis) {
    return new Schedule(atMillis, flagBits, attempts + 1);
  }

  Set<Flag> flags() {
    return flags(flagBits);
  }

  static int bits(Set<Flag> flags) {
    int bits = 0;
    for (Flag flag : Flag.values()) {
      bits |= flags.contains(flag) ? bit(flag) : 0;
    }
    return bits;
  }

  static Set<Flag> flags(int bits) {
    var flags = EnumSet.noneOf(Flag.class);
    for (Flag flag : Flag.values()) {
      if ((bits & bit(flag)) != 0) {
        flags.add(flag);
      }
    }
    return flags;
  }

  private static int bit(Flag flag) {
    return 1 << flag.ordinal();
  }
}
