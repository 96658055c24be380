package dev.whileaway.worker.plan;

import dev.whileaway.presence.PresenceReading;
import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.DigestContent;
import dev.whileaway.v1.BacklogFlag;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.Reason;
import dev.whileaway.worker.plan.Policy.OnUnknown;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/// Decides what to do with a due backlog. One pure function: the same answers "what now", "why",
/// and "what would happen".
///
/// In this order: what senders deleted since and types muted since is left out; with nothing left
/// the backlog ends. A user who is online is looked at again later. Then the ladder: a push to all
/// devices if it has not been sent, else an e-mail; where neither can be, the backlog ends.
public final class Planner {

  /// A push that was not delivered within a day is no news: its e-mail is there, or the user is.
  public static final Duration PUSH_LIFETIME = Duration.ofDays(1);

  private final Policy policy;
  private final Catalogue catalogue;

  public Planner(Policy policy, Catalogue catalogue) {
    this.policy = policy;
    this.catalogue = catalogue;
  }

  /// @param now the shard's clock when the lease was granted; what the presence is compared with
  public Plan plan(Due due, Circumstances known, Instant now) {
    if (known.recipient() instanceof UserState.Forgotten) {
      return new Plan.Confirm(Reason.REASON_NOTHING_LEFT, "the recipient's account was deleted");
    }
    Remaining remaining = Remaining.of(due, known, catalogue);
    if (remaining.isEmpty()) {
      return new Plan.Confirm(
          Reason.REASON_NOTHING_LEFT, Words.clauses("nothing left to tell", remaining.leftOut()));
    }
    if (policy.online().online(known.presence(), now)) {
      return new Plan.Cancel(
          policy.onlineRetry(),
          Set.of(BacklogFlag.BACKLOG_FLAG_ONLINE),
          Reason.REASON_ONLINE,
          "online: " + lastSeen(known.presence(), now));
    }
    Profile profile = known.recipient().profileOrEmpty();
    boolean mail = policy.ladder().hasEmail() && canMail(profile, known.usable());
    if (!due.pushSent() && policy.ladder().hasPush() && canPush(profile, known.usable())) {
      return push(due, remaining, profile, mail ? Plan.NextStep.EMAIL : Plan.NextStep.NOTHING, now);
    }
    if (mail) {
      return mail(due, remaining, profile, now);
    }
    return new Plan.Confirm(Reason.REASON_NO_CHANNEL, whyNoChannel(due, known, policy.ladder()));
  }

  private static boolean canPush(Profile profile, Set<Channel> usable) {
    return profile.getDevicesCount() > 0
        && !profile.getPreferences().getPushOff()
        && usable.contains(Channel.CHANNEL_PUSH);
  }

  private static boolean canMail(Profile profile, Set<Channel> usable) {
    return !profile.getEmail().isEmpty()
        && !profile.getPreferences().getEmailOff()
        && usable.contains(Channel.CHANNEL_EMAIL);
  }

  private Plan push(
      Due due, Remaining remaining, Profile profile, Plan.NextStep next, Instant now) {
    ZoneId zone = People.zone(profile);
    LocalTime local = now.atZone(zone).toLocalTime();
    boolean silent = policy.night(local);
    String night =
        silent ? ", silent: " + local.truncatedTo(ChronoUnit.MINUTES) + " in " + zone : "";
    return new Plan.TellByPush(
        digest(due, remaining, profile, Channel.CHANNEL_PUSH, now),
        profile.getDevicesList(),
        DigestId.collapseKey(due.user()),
        silent,
        earlier(now.plus(PUSH_LIFETIME), remaining.wantedUntil()),
        next,
        presumedOfPush(),
        Words.clauses(
            "push to " + Words.count(profile.getDevicesCount(), "device") + night,
            remaining.leftOut()),
        remaining.leftOut());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private Presumed presumedOfPush() {
    return policy.onUnknown() == OnUnknown.RESEND
        ? new Presumed.Nothing()
        : new Presumed.Cancel(policy.escalation(), Set.of(BacklogFlag.BACKLOG_FLAG_PUSH_SENT));
  }

  private Plan mail(Due due, Remaining remaining, Profile profile, Instant now) {
    return new Plan.TellByMail(
        digest(due, remaining, profile, Channel.CHANNEL_EMAIL, now),
        profile.getEmail(),
        policy.onUnknown() == OnUnknown.RESEND ? new Presumed.Nothing() : new Presumed.Confirm(),
        Words.clauses("e-mail", remaining.leftOut()),
        remaining.leftOut());
  }

  private static DigestContent digest(
      Due due, Remaining remaining, Profile profile, Channel channel, Instant now) {
    return new DigestContent(
        DigestId.of(due, remaining.newestAt(), channel),
        People.of(due.user(), profile),
        People.locale(profile),
        People.zone(profile),
        now,
        remaining.groups());
  }

  private static String lastSeen(PresenceReading presence, Instant now) {
    boolean web = presence.lastWebAtMillis() >= presence.lastAppAtMillis();
    long lastMillis = web ? presence.lastWebAtMillis() : presence.lastAppAtMillis();
    long seconds = Math.max(0, now.toEpochMilli() - lastMillis) / 1000;
    return "last seen " + (web ? "on the web " : "in the app ") + seconds + " s before";
  }

  private static String whyNoChannel(Due due, Circumstances known, Policy.Ladder ladder) {
    Profile profile = known.recipient().profileOrEmpty();
    if (known.recipient() instanceof UserState.Unknown) {
      return "no channel: no profile";
    }
    String push =
        due.pushSent()
            ? "push was tried"
            : why(
                ladder.hasPush(),
                profile.getDevicesCount() == 0,
                "no device",
                profile.getPreferences().getPushOff(),
                "push");
    String mail =
        why(
            ladder.hasEmail(),
            profile.getEmail().isEmpty(),
            "no e-mail address",
            profile.getPreferences().getEmailOff(),
            "e-mail");
    return "no channel: " + String.join(", ", List.of(push, mail));
  }

  private static String why(
      boolean onLadder, boolean missing, String what, boolean off, String channel) {
    if (!onLadder) {
      return channel + " is no step of the ladder";
    }
    if (missing) {
      return what;
    }
    return channel + (off ? " is off" : " is not configured");
  }
}
