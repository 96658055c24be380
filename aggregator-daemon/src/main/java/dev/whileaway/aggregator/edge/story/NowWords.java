package dev.whileaway.aggregator.edge.story;

import dev.whileaway.aggregator.shard.Flag;
import dev.whileaway.aggregator.shard.LeasedBacklog.TypeTotal;
import dev.whileaway.aggregator.shard.ShardView.Backlog;
import dev.whileaway.aggregator.shard.ShardView.Lease;
import dev.whileaway.aggregator.shard.ShardView.ProfileState;
import dev.whileaway.v1.Profile;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// What waits for a user now, and what stands in the way.
final class NowWords {

  private NowWords() {}

  static String of(Story.Facts facts, IntFunction<String> typeName) {
    String waits =
        facts
            .backlog()
            .map(backlog -> waits(backlog, facts.nowMillis(), typeName))
            .orElse("Nothing waits.");
    return waits + obstacle(facts.profile()).map(words -> " " + words).orElse("");
  }

  private static String waits(Backlog backlog, long now, IntFunction<String> typeName) {
    long events = backlog.totals().stream().mapToLong(TypeTotal::events).sum();
    List<String> totals =
        backlog.totals().stream()
            .map(total ->
                total.events()
                    + " "
                    + typeName.apply(total.type())
                    + " from "
                    + Phrase.count(total.distinctSenders(), "sender"))
            .toList();
    String verb = events == 1 ? " waits (" : " wait (";
    return Phrase.count(events, "event")
        + verb
        + Phrase.list(totals)
        + "); "
        + next(backlog, now)
        + ".";
  }

  private static String next(Backlog backlog, long now) {
    return switch (backlog.phase()) {
      case WAITING -> step(backlog) + due(backlog.dueAtMillis(), now);
      case LEASED -> held(backlog.lease(), " decides what to tell");
      case SENDING -> held(backlog.lease(), " is sending");
    };
  }

  private static String step(Backlog backlog) {
    if (backlog.flags().contains(Flag.ONLINE)) {
      return "put off because the user was online; another try ";
    }
    return backlog.flags().contains(Flag.PUSH_SENT)
        ? "the push had its turn, the e-mail "
        : "the next step ";
  }

  private static String due(long dueAt, long now) {
    return dueAt <= now
        ? "has been due since " + Phrase.moment(dueAt) + ", and no worker has taken it yet"
        : "is due at " + Phrase.moment(dueAt) + ", " + Phrase.in(dueAt - now);
  }

  private static String held(Optional<Lease> lease, String does) {
    return lease
        .map(held ->
            held.worker()
                + does
                + ", since "
                + Phrase.moment(held.leasedAtMillis())
                + ", and must answer by "
                + Phrase.moment(held.expiresAtMillis()))
        .orElse("a worker" + does);
  }

  /// Why nothing can reach the user, if so.
  private static Optional<String> obstacle(ProfileState state) {
    return switch (state) {
      case ProfileState.Known(var profile) -> obstacle(profile);
      case ProfileState.Unknown() ->
          Optional.of("No profile is known, so no device and no address: nothing can be told.");
      case ProfileState.Forgotten(long at) ->
          Optional.of("The account was deleted at " + Phrase.moment(at) + ".");
    };
  }

  private static Optional<String> obstacle(Profile profile) {
    boolean push = profile.getDevicesCount() > 0 && !profile.getPreferences().getPushOff();
    boolean email = !profile.getEmail().isEmpty() && !profile.getPreferences().getEmailOff();
    if (push && email) {
      return Optional.empty();
    }
    String noPush =
        profile.getDevicesCount() == 0 ? "no device is registered" : "the user turned pushes off";
    String noEmail =
        profile.getEmail().isEmpty() ? "no e-mail address is known" : "the user turned e-mail off";
    if (push) {
      return Optional.of("Only pushes can be sent: " + noEmail + ".");
    }
    if (email) {
      return Optional.of("Only e-mail can be sent: " + noPush + ".");
    }
    return Optional.of("Nothing can be sent: " + noPush + " and " + noEmail + ".");
  }
}
