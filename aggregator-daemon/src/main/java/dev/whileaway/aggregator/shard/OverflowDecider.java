package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.ShardReply.Reported;
import java.util.HashMap;
import java.util.List;

/// Decides what gives way when a full backlog gets one more event: the oldest event of the fullest
/// type, so that one noisy type cannot push out all others. It stays in the totals.
final class OverflowDecider {

  private OverflowDecider() {}

  static Decision decide(StateView view, UserRecord full, NewEvent event) {
    var draft = new Decision.Draft();
    long now = view.nowMillis();
    UserRecord after = full.appended(event, now);
    while (after.events().size() > view.limits().eventsPerBacklog()) {
      KeptEvent oldest = oldestOfFullestType(after.events());
      after = giveWay(draft, after, oldest, now);
    }
    return draft.replace(after).reply(new Reported(1, List.of()));
  }

  private static UserRecord giveWay(
      Decision.Draft draft, UserRecord from, KeptEvent event, long now) {
    boolean isFirst = from.gaveWay().isEmpty() && from.late().isEmpty();
    boolean isLate = from.claim() != null && !from.claim().covers(event);
    Tally tally = isLate ? from.late().tally() : from.gaveWay();
    draft
        .count(Counter.GAVE_WAY, 1)
        .count(Counter.SENDER_NOT_COUNTED, tally.isFullFor(event) ? 1 : 0);
    if (event.hasId()) {
      draft.count(Counter.EVENT_ID_FORGOTTEN, from.ids().pin(List.of(event), now).forgottenEarly());
    }
    if (isFirst) {
      draft.note(from.user(), Notes.gaveWay(event), now);
    }
    return from.gaveWay(event, now);
  }

  /// Where two types are equally full, the older event goes.
  static KeptEvent oldestOfFullestType(List<KeptEvent> events) {
    var counts = new HashMap<Integer, Integer>();
    int most = 0;
    for (KeptEvent event : events) {
      most = Math.max(most, counts.merge(event.type(), 1, Integer::sum));
    }
    for (KeptEvent event : events) {
      if (counts.getOrDefault(event.type(), 0) == most) {
        return event;
      }
    }
    throw new IllegalStateException("expected a full backlog, but found no events");
  }
}
