package dev.whileaway.worker.deliver.route;

import dev.whileaway.worker.deliver.route.Route.Load;
import java.util.List;

/// How many digests more the routes of pushes can do with. Nobody knows, before a backlog is
/// leased, which way its digest will go; so each route is taken to get the part of them that it got
/// of late, and the tightest decides.
///
/// To wait a moment for it is cheaper than leases for nothing. But a route that hangs, rests or is
/// slow must not hold the others back: it is passed over, and its digests find its queue full and
/// come again later. So is one of low importance, however well it goes, while there are others: a
/// flood of its digests is moved out of the way of theirs. Where most of what is in work waits for
/// this machine and not for providers, all routes look slow, and none is. One that nothing goes to
/// decides nothing either: its part would allow any number.
final class PushRoom {

  /// A pull costs nearly as much for a handful as for a hundred.
  private static final int QUEUE_PART_MIN = 8;

  private PushRoom() {}

  /// @param routes all of them; a banned one takes no room, and gives none: what needs it goes on
  ///   to the next step
  /// @param inWork digests, wherever they are
  /// @param onRoutes sends on the routes, mails too
  static int of(List<Load> routes, int inWork, int onRoutes) {
    boolean ours = inWork - onRoutes > onRoutes;
    int asked = routes.stream().mapToInt(Load::asked).sum();
    List<Load> open = ofHighestImportance(routes.stream().filter(load -> !load.banned()).toList());
    List<Load> decide =
        open.stream()
            .filter(load -> !load.resting() && (ours || load.keepsPace()))
            .filter(load -> load.asked() > 0 || asked == 0)
            .toList();
    return (decide.isEmpty() ? open : decide)
        .stream().mapToInt(load -> room(load, asked)).min().orElse(Routes.ROOM_MAX);
  }

  private static List<Load> ofHighestImportance(List<Load> routes) {
    List<Load> high = routes.stream().filter(load -> load.importance() == Importance.HIGH).toList();
    return high.isEmpty() ? routes : high;
  }

  /// @param asked sends that wanted to go any way; while it is zero, all may go this one
  private static int room(Load load, int asked) {
    int queue = load.queueMax() / 2 - load.waiting();
    int free = Math.max(0, load.limit() - load.underWay());
    int room = queue + free;
    if (queue < 0 || room < load.queueMax() / QUEUE_PART_MIN) {
      return 0;
    }
    room = Math.min(room, load.shareLeft());
    return (int) Math.min(Routes.ROOM_MAX, room * (asked + 1L) / (load.asked() + 1L));
  }
}
