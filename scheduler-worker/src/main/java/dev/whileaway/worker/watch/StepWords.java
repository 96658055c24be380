package dev.whileaway.worker.watch;

import dev.whileaway.presence.PresenceReading;
import dev.whileaway.v1.BacklogFlag;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Profile;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Reservation.Refused;
import dev.whileaway.worker.deliver.Way;
import dev.whileaway.worker.plan.Circumstances;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Plan;
import dev.whileaway.worker.plan.Presumed;
import dev.whileaway.worker.plan.UserState;
import dev.whileaway.worker.watch.Watch.Ways;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Steps in words, with the values seen. Neither tokens nor addresses nor what users wrote: logs
/// are read by many.
final class StepWords {

  /// Enough of a token to find it, too little to use it.
  private static final int TOKEN_CHARS_SHOWN = 6;

  static String leased(Due due) {
    String totals =
        due.totals().stream()
            .map(total ->
                "%d %s from %d senders"
                    .formatted(total.events(), total.type(), total.distinctSenders()))
            .collect(Collectors.joining(", "));
    return "leased at %s until %s, due at %s, %s, attempt %d; through seq %d: %s, %d kept"
        .formatted(
            due.lease().grantedAt(),
            due.lease().expiresAt(),
            due.dueAt(),
            due.pushSent() ? "after the push" : "before any push",
            due.attempts() + 1,
            due.throughSeq(),
            totals,
            due.events().size());
  }

  static String known(Circumstances known) {
    Profile profile = known.recipient().profileOrEmpty();
    PresenceReading presence = known.presence();
    return "language \"%s\", zone \"%s\", devices: %s, %s, pushes %s, e-mail %s, muted: %s; last on the web %s, in the app %s, connected until %s; usable: %s; senders: %s"
        .formatted(
            profile.getLocale(),
            profile.getZone(),
            profile.getDevicesList().stream().map(StepWords::device).toList(),
            profile.getEmail().isEmpty() ? "no address" : "an address",
            onOff(profile.getPreferences().getPushOff()),
            onOff(profile.getPreferences().getEmailOff()),
            profile.getPreferences().getMutedTypesList(),
            moment(presence.lastWebAtMillis()),
            moment(presence.lastAppAtMillis()),
            moment(presence.connectedUntilMillis()),
            new TreeSet<>(known.usable()),
            senders(known));
  }

  private static String senders(Circumstances known) {
    long gone =
        known.senders().values().stream().filter(UserState.Forgotten.class::isInstance).count();
    return known.senders().size() + ", of them " + gone + " forgotten";
  }

  static String planned(Plan plan) {
    return switch (plan) {
      case Plan.TellByPush push ->
          "planned: %s; digest %s, collapse key %s, expires at %s, then %s"
              .formatted(
                  push.words(),
                  push.digest().digestId(),
                  push.collapseKey(),
                  push.expiresAt(),
                  push.next());
      case Plan.TellByMail mail ->
          "planned: %s; digest %s".formatted(mail.words(), mail.digest().digestId());
      case Plan.Answer answer -> "planned, nothing to send: " + answer.words();
    };
  }

  static String placed(Plan.Tell tell, List<Refused> refusals, Ways ways) {
    String refused = refusals.isEmpty() ? "" : "; without a place: " + refusals(refusals);
    int places = targets(tell) - refusals.size();
    return "rendered, places taken: " + places + refused + "; " + stand(tell, ways);
  }

  static String unsent(Plan.Tell tell, List<Refused> refusals, Ways ways) {
    return "no place: " + refusals(refusals) + "; " + stand(tell, ways);
  }

  /// How all ways stand that it takes.
  private static String stand(Plan.Tell tell, Ways ways) {
    return IntStream.range(0, targets(tell))
        .mapToObj(target -> ways.to(tell, target))
        .distinct()
        .map(Way::words)
        .collect(Collectors.joining("; "));
  }

  private static String refusals(List<Refused> refusals) {
    return refusals.stream()
        .map(refused -> refused.cause() + " (" + refused.outcome().detail() + ")")
        .collect(Collectors.joining(", "));
  }

  static String sending(Plan.Tell tell) {
    String presumed =
        switch (tell.presumed()) {
          case Presumed.Confirm() -> "confirm";
          case Presumed.Cancel(var timeout, var flags) -> "cancel for " + timeout + flags(flags);
          case Presumed.Nothing() -> "nothing";
        };
    return "begin-send: GO; presumed: " + presumed;
  }

  static String again(Plan.Tell tell, int target, Outcome outcome, Ways ways) {
    return told(tell, target, outcome, ways) + "; it is tried again";
  }

  static String told(Plan.Tell tell, int target, Outcome outcome, Ways ways) {
    String to =
        switch (tell) {
          case Plan.TellByPush push -> device(push.devices().get(target));
          case Plan.TellByMail _ -> "e-mail";
        };
    return to + ": " + outcome(outcome) + "; " + ways.to(tell, target).words();
  }

  private static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted(var id, var detail) -> "accepted as \"" + id + "\": " + detail;
      case Outcome.Unregistered(var since, var detail) ->
          "unregistered" + since.map(at -> " since " + at).orElse("") + ": " + detail;
      case Outcome.Rejected(var detail) -> "rejected: " + detail;
      case Outcome.RetryAfter(var delay, var trouble, var detail) ->
          "not before %s, trouble of %s: %s".formatted(delay, trouble, detail);
      case Outcome.Unknown(var detail) -> "no answer: " + detail;
    };
  }

  static String settled(Plan.Answer answer) {
    return switch (answer) {
      case Plan.Confirm(var reason, var words) -> "confirmed as " + reason + ": " + words;
      case Plan.Cancel(var delay, var flags, var reason, var words) ->
          "cancelled for %s as %s%s: %s".formatted(delay, reason, flags(flags), words);
    };
  }

  private static String flags(Set<BacklogFlag> flags) {
    return flags.isEmpty() ? "" : " with " + new TreeSet<>(flags);
  }

  private static int targets(Plan.Tell tell) {
    return switch (tell) {
      case Plan.TellByPush push -> push.devices().size();
      case Plan.TellByMail _ -> 1;
    };
  }

  private static String device(Device device) {
    String token = device.getToken();
    String platform = device.getPlatform().name().replace("PLATFORM_", "");
    String app = device.getApp().isEmpty() ? "" : " " + device.getApp();
    int shown = Math.min(TOKEN_CHARS_SHOWN, token.length() / 2);
    return platform + app + " …" + token.substring(token.length() - shown);
  }

  private static String moment(long millis) {
    return millis == 0 ? "never" : Instant.ofEpochMilli(millis).toString();
  }

  private static String onOff(boolean off) {
    return off ? "off" : "on";
  }

  private StepWords() {}
}
