package dev.whileaway.worker.pull;

import dev.whileaway.v1.Channel;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Lease;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Digests that were pulled and have not come to a route yet: they are being read up on, planned
/// and rendered. Routes do not know of them, so their room would be given away twice if nobody
/// counted them. Safe for use by many threads.
final class OnTheWay {

  private final Set<Lease> toPush = ConcurrentHashMap.newKeySet();
  private final Set<Lease> toMail = ConcurrentHashMap.newKeySet();

  void left(List<Due> batch) {
    batch.forEach(due -> to(due).add(due.lease()));
  }

  /// It has come there, or never will. May be repeated.
  void arrived(Due due) {
    to(due).remove(due.lease());
  }

  private Set<Lease> to(Due due) {
    return due.pushSent() ? toMail : toPush;
  }

  /// What these leave of the room. While they take more than half of it nothing is left: a handful
  /// at a time would cost a pull each.
  Room leave(Room room) {
    return (step, inWork) -> {
      int there = room.of(step, inWork);
      int coming = (step == Channel.CHANNEL_EMAIL ? toMail : toPush).size();
      return there / 2 < coming ? 0 : there - coming;
    };
  }
}
