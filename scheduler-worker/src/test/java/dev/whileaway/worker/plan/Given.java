package dev.whileaway.worker.plan;

import dev.whileaway.presence.PresenceReading;
import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.EventType;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Preferences;
import dev.whileaway.v1.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A small language for due backlogs and what is known of their users. Anna has two devices, an
/// address, and is offline; it is noon in UTC.
final class Given {

  static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  static final Catalogue CATALOGUE =
      new Catalogue(List.of(type(1, "message"), type(2, "profile-visit"), type(3, "favourite")));

  private final List<Due.PendingEvent> events = new ArrayList<>();
  private final Map<String, Due.TypeTotal> totals = new HashMap<>();
  private final Map<String, UserState> senders = new HashMap<>();
  private UserState recipient = new UserState.Known(anna());
  private PresenceReading presence = PresenceReading.NEVER;
  private Set<Channel> usable = EnumSet.of(Channel.CHANNEL_PUSH, Channel.CHANNEL_EMAIL);
  private Policy policy = Policy.STANDARD;
  private Instant now = NOON;
  private boolean pushSent;
  private int attempts;

  private static EventType type(int id, String name) {
    return new EventType(id, name, false, Duration.ofMinutes(30), Duration.ofDays(30));
  }

  static Profile anna() {
    return Profile.newBuilder()
        .setUser("anna")
        .setName("Anna")
        .setLocale("en")
        .setZone("UTC")
        .setEmail("anna@example.org")
        .addDevices(Device.newBuilder().setToken("t1").setPlatform(Platform.PLATFORM_FCM))
        .addDevices(Device.newBuilder().setToken("t2").setPlatform(Platform.PLATFORM_APNS))
        .build();
  }

  static Given message(String... from) {
    Given given = new Given();
    for (String sender : from) {
      given.event("message", sender);
    }
    return given;
  }

  Given event(String type, String sender) {
    int seq = events.size() + 1;
    events.add(new Due.PendingEvent(seq, type, sender, "hello", NOON.minusSeconds(3600 - seq)));
    return this;
  }

  Given total(String type, long count, int distinctSenders) {
    totals.put(type, new Due.TypeTotal(type, count, distinctSenders));
    return this;
  }

  Given sender(String user, UserState state) {
    senders.put(user, state);
    return this;
  }

  Given forgotten(String user) {
    return sender(user, new UserState.Forgotten());
  }

  Given recipient(UserState state) {
    recipient = state;
    return this;
  }

  Given profile(UnaryOperator<Profile.Builder> change) {
    return recipient(new UserState.Known(change.apply(anna().toBuilder()).build()));
  }

  Given preferences(UnaryOperator<Preferences.Builder> change) {
    return profile(p -> p.setPreferences(change.apply(Preferences.newBuilder())));
  }

  Given presence(PresenceReading reading) {
    presence = reading;
    return this;
  }

  Given usable(Set<Channel> channels) {
    usable = channels;
    return this;
  }

  Given policy(Policy other) {
    policy = other;
    return this;
  }

  Given at(String instant) {
    now = Instant.parse(instant);
    return this;
  }

  Given pushSent() {
    pushSent = true;
    return this;
  }

  Given attempts(int count) {
    attempts = count;
    return this;
  }

  Due due() {
    Map<String, Due.TypeTotal> exact = new HashMap<>();
    for (Due.PendingEvent event : events) {
      List<Due.PendingEvent> same =
          events.stream().filter(other -> other.type().equals(event.type())).toList();
      int distinct = (int) same.stream().map(Due.PendingEvent::sender).distinct().count();
      exact.put(event.type(), new Due.TypeTotal(event.type(), same.size(), distinct));
    }
    exact.putAll(totals);
    return new Due(
        new Lease("anna", 7, now, now.plusSeconds(60)),
        now.minusSeconds(1),
        events.size(),
        pushSent,
        attempts,
        events,
        List.copyOf(exact.values()));
  }

  Plan plan() {
    Circumstances known = new Circumstances(recipient, senders, presence, usable);
    return new Planner(policy, CATALOGUE).plan(due(), known, now);
  }

  Plan.TellByPush push() {
    return (Plan.TellByPush) plan();
  }

  Plan.TellByMail mail() {
    return (Plan.TellByMail) plan();
  }

  static Policy policy(Policy.OnUnknown onUnknown) {
    Policy p = Policy.STANDARD;
    return new Policy(
        p.escalation(), p.onlineRetry(), p.nightFrom(), p.nightTo(), onUnknown, p.online());
  }
}
