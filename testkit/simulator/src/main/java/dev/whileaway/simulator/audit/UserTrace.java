package dev.whileaway.simulator.audit;

import dev.whileaway.aggregator.shard.ClearScope;
import dev.whileaway.aggregator.shard.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of one user from outside.
final class UserTrace {

  /// What a user has said, and been told is stored. It holds until somebody changes the profile
  /// again.
  record OptOut(long step, ProfileOrder order) {}

  final UserId id;
  final List<EventTrace> events = new ArrayList<>();
  final Map<Long, LeaseTrace> leases = new HashMap<>();

  /// Clears that were asked for, whether answered or not.
  final List<ClearScope> clears = new ArrayList<>();

  final Set<Integer> typesEverMuted = new HashSet<>();
  @Nullable OptOut optOut;

  /// The last change of the profile that was begun; each has its number.
  long lastChange;

  /// Changes of the profile whose end is not known.
  int openChanges;

  boolean everForgotten;

  /// When somebody was told that the account is deleted, if nobody has made a profile since.
  long goneStep = EventTrace.NEVER;

  /// Urgent events in the log.
  int urgents;

  UserTrace(UserId id) {
    this.id = id;
  }
}
