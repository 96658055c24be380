package dev.whileaway.worker.pull;

import dev.whileaway.v1.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One request for due backlogs.
///
/// @param channels of the backlogs' next step; empty: any
public record Wish(int limit, Set<Channel> channels) {

  /// What to ask for with so many free places. A channel without room is not asked for; where both
  /// have some, the one with less comes first, so that the other cannot take all places from it.
  ///
  /// @param inWork digests that have places already
  static List<Wish> of(int places, int inWork, Room room) {
    int push = Math.min(places, room.of(Channel.CHANNEL_PUSH, inWork));
    int mail = Math.min(places, room.of(Channel.CHANNEL_EMAIL, inWork));
    if (push == places && mail == places) {
      return places == 0 ? List.of() : List.of(new Wish(places, Set.of()));
    }
    List<Wish> wishes = new ArrayList<>();
    if (mail <= push) {
      add(wishes, mail, Channel.CHANNEL_EMAIL);
      add(wishes, Math.min(push, places - mail), Channel.CHANNEL_PUSH);
    } else {
      add(wishes, push, Channel.CHANNEL_PUSH);
      add(wishes, Math.min(mail, places - push), Channel.CHANNEL_EMAIL);
    }
    return wishes;
  }

  /// Whether a channel was not asked for at all, for want of room. One that was cut short either
  /// answers in full, which shows that there is more, or has told all that is due.
  static boolean leaveOut(List<Wish> wishes) {
    return wishes.isEmpty() || (wishes.size() == 1 && !wishes.getFirst().channels.isEmpty());
  }

  private static void add(List<Wish> wishes, int limit, Channel channel) {
    if (limit > 0) {
      wishes.add(new Wish(limit, Set.of(channel)));
    }
  }
}
