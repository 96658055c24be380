package dev.whileaway.worker.pull;

import dev.whileaway.v1.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One request for due backlogs.
///
/// @param channels of the backlogs' next step; empty: any
public record Wish(int limit, Set<Channel> channels) {

  private static final List<Channel> CHANNELS =
      List.of(Channel.CHANNEL_PUSH, Channel.CHANNEL_EMAIL);

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

  /// The channels that are not asked for at all, for want of room. One that was cut short either
  /// answers in full, which shows that there is more, or has told all that is due.
  static List<Channel> leftOut(List<Wish> wishes) {
    return CHANNELS.stream()
        .filter(channel -> wishes.stream().noneMatch(wish -> wish.asksFor(channel)))
        .toList();
  }

  private boolean asksFor(Channel channel) {
    return channels.isEmpty() || channels.contains(channel);
  }

  private static void add(List<Wish> wishes, int limit, Channel channel) {
    if (limit > 0) {
      wishes.add(new Wish(limit, Set.of(channel)));
    }
  }
}
