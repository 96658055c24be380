package dev.whileaway.aggregator.edge.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.whileaway.aggregator.shard.Flag;
import dev.whileaway.aggregator.shard.LeasedBacklog.PendingEvent;
import dev.whileaway.aggregator.shard.LeasedBacklog.TypeTotal;
import dev.whileaway.aggregator.shard.ShardView.Backlog;
import dev.whileaway.aggregator.shard.ShardView.Lease;
import dev.whileaway.aggregator.shard.ShardView.Phase;
import dev.whileaway.aggregator.shard.ShardView.ProfileState;
import dev.whileaway.internal.v1.Attempt;
import dev.whileaway.internal.v1.Attempt.Ending;
import dev.whileaway.internal.v1.Departure;
import dev.whileaway.internal.v1.EventNote;
import dev.whileaway.internal.v1.Forgotten;
import dev.whileaway.internal.v1.LedgerEntry;
import dev.whileaway.internal.v1.ProfileNote;
import dev.whileaway.internal.v1.Steps;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Outcome;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Preferences;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.Reason;
import dev.whileaway.v1.Step;
import dev.whileaway.v1.WhyKind;
import dev.whileaway.v1.WhyLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoryTest {

  private static final long NOON = Instant.parse("2026-11-21T12:00:00Z").toEpochMilli();

  private final Story story = new Story(id -> id == 1 ? "message" : "match");
  private final List<LedgerEntry> ledger = new ArrayList<>();

  @Test
  void ladder_isToldFromReportToEmail() {
    attempt(30, online(), Reason.REASON_ONLINE, 35);
    attempt(35, pushed(Outcome.OUTCOME_ACCEPTED, Outcome.OUTCOME_ACCEPTED), Reason.REASON_SENT, 45);
    ledger.add(
        entry(
            45,
            lease(45)
                .setEnding(Ending.ENDING_CONFIRMED)
                .setReason(Reason.REASON_SENT)
                .addEvents(note(1, "bob"))
                .addDeliveries(email("250 2.0.0 Ok"))));

    assertThat(texts())
        .containsExactly(
            "message reported, by bob",
            "leased by worker-1, due at 2026-11-21T12:30:00Z",
            "put off, the user was online; the next look is at 2026-11-21T12:35:00Z",
            "leased by worker-1, due at 2026-11-21T12:35:00Z",
            "push sent to 2 devices: accepted by both; the e-mail follows at"
                + " 2026-11-21T12:45:00Z",
            "leased by worker-1, due at 2026-11-21T12:45:00Z",
            "e-mail sent to anna@example.com: accepted (250 2.0.0 Ok)");
  }

  @Test
  void unknown_saysWhatIsPresumed() { // TRAPS 6
    ledger.add(
        entry(
            32,
            lease(30)
                .setEnding(Ending.ENDING_UNKNOWN_CANCELLED)
                .setChannel(Channel.CHANNEL_PUSH)
                .setBegunAtMillis(at(30))
                .setFlags(1)
                .setDueAgainAtMillis(at(42))));

    assertThat(lines().getLast().getKind()).isEqualTo(WhyKind.WHY_KIND_UNKNOWN);
    assertThat(texts().getLast())
        .isEqualTo(
            "worker-1 began to send a push at 2026-11-21T12:30:00Z and was never heard of again:"
                + " presumed sent; it is not sent again, and the e-mail follows at"
                + " 2026-11-21T12:42:00Z");
  }

  @Test
  void push_withMixedOutcomes_namesEachDeviceByTheEndOfItsToken() {
    attempt(
        30, pushed(Outcome.OUTCOME_ACCEPTED, Outcome.OUTCOME_UNREGISTERED), Reason.REASON_SENT, 40);

    assertThat(texts().getLast())
        .startsWith(
            "push sent to 1 of 2 devices: FCM …oken-0 accepted and FCM …oken-1 no longer registered")
        .doesNotContain("secret");
  }

  @Test
  void deadLetter_saysWhy() { // TRAPS 17
    ledger.add(
        entry(
            45,
            lease(45)
                .setEnding(Ending.ENDING_CONFIRMED)
                .setReason(Reason.REASON_FAILED)
                .setDetail("5 tries")
                .addDeliveries(email(Outcome.OUTCOME_REJECTED, "550 no such user"))));

    assertThat(lines().getLast().getKind()).isEqualTo(WhyKind.WHY_KIND_DROPPED);
    assertThat(texts().getLast())
        .isEqualTo(
            "e-mail to anna@example.com not sent: refused for ever (550 no such user); given up (5"
                + " tries)");
  }

  @Test
  void pushThatNoDeviceTook_isNotCalledSent() { // TRAPS 27
    attempt(30, pushed(Outcome.OUTCOME_UNREGISTERED), Reason.REASON_FAILED, 30, 1);

    assertThat(lines().getLast().getKind()).isEqualTo(WhyKind.WHY_KIND_DEFERRED);
    assertThat(texts().getLast())
        .isEqualTo(
            "push not sent to 1 device: no longer registered; the e-mail follows at"
                + " 2026-11-21T12:30:00Z");
  }

  @Test
  void emailThatCouldNotBeSent_isTriedAgain_alsoAfterAPush() {
    attempt(
        45,
        List.of(email(Outcome.OUTCOME_RETRY_AFTER, "no connection to mail:25")),
        Reason.REASON_PROVIDER_BUSY,
        50,
        1);

    assertThat(texts().getLast())
        .isEqualTo(
            "e-mail to anna@example.com not sent: no connection to mail:25; tried again at"
                + " 2026-11-21T12:50:00Z");
  }

  @Test
  void sendWithoutAnAnswer_mayHaveBeenSent() { // TRAPS 6
    attempt(30, pushed(Outcome.OUTCOME_UNKNOWN), Reason.REASON_SENT, 40);

    assertThat(lines().getLast().getKind()).isEqualTo(WhyKind.WHY_KIND_UNKNOWN);
    assertThat(texts().getLast())
        .isEqualTo(
            "push may have been sent to 1 device: no answer; it is not sent again; the e-mail"
                + " follows at 2026-11-21T12:40:00Z");
  }

  @Test
  void sameDeferralInARow_isOneLine() {
    for (int minute = 0; minute < 60; minute += 5) {
      attempt(minute, online(), Reason.REASON_ONLINE, minute + 5);
    }
    attempt(60, pushed(Outcome.OUTCOME_ACCEPTED), Reason.REASON_SENT, 70);
    attempt(70, online(), Reason.REASON_ONLINE, 75);

    assertThat(texts())
        .containsExactly(
            "message reported, by bob",
            "put off 12 times, the user was online, last at 2026-11-21T12:55:00Z; the next look is"
                + " at 2026-11-21T13:00:00Z",
            "leased by worker-1, due at 2026-11-21T13:00:00Z",
            "push sent to 1 device: accepted; the e-mail follows at 2026-11-21T13:10:00Z",
            "leased by worker-1, due at 2026-11-21T13:10:00Z",
            "put off, the user was online; the next look is at 2026-11-21T13:15:00Z");
    assertThat(lines().get(1).getAt().getSeconds()).isEqualTo(NOON / 1000);
  }

  @Test
  void differentDeferrals_areToldEach() {
    attempt(0, online(), Reason.REASON_ONLINE, 5);
    attempt(5, online(), Reason.REASON_WORKER_STOPPED, 5);

    assertThat(texts())
        .contains(
            "put off, the user was online; the next look is at 2026-11-21T12:05:00Z",
            "worker-1 gave it back; the next look is at 2026-11-21T12:05:00Z");
  }

  @Test
  void leaseThatRanOut_saysThatNothingWasSent() {
    ledger.add(entry(31, lease(30).setEnding(Ending.ENDING_EXPIRED_UNSENT)));

    assertThat(texts().getLast()).contains("so nothing was sent; the backlog is due again");
  }

  @Test
  void departures_sayWhichAndWhy() {
    departure(10, Departure.Cause.CAUSE_CLEARED, note(1, "bob"), note(1, "eve"));
    departure(20, Departure.Cause.CAUSE_EXPIRED, note(4, "eve"));

    assertThat(texts()).contains("the user saw 2 message", "1 match dropped: too old to tell");
  }

  @Test
  void whatASendLeftOut_isTold() { // TRAPS 29
    ledger.add(
        entry(
            5,
            lease(5)
                .setEnding(Ending.ENDING_CONFIRMED)
                .setReason(Reason.REASON_SENT)
                .addDeliveries(email("250 Ok"))
                .setDetail("left out: 1 of deleted senders")));

    assertThat(texts())
        .contains(
            "e-mail sent to anna@example.com: accepted (250 Ok); left out: 1 of deleted senders");
  }

  @Test
  void profileAndForget_areTold() {
    ledger.add(
        LedgerEntry.newBuilder()
            .setAtMillis(at(1))
            .setProfile(ProfileNote.newBuilder().setText("device …abc removed: unregistered"))
            .build());
    ledger.add(
        LedgerEntry.newBuilder()
            .setAtMillis(at(2))
            .setForgotten(Forgotten.newBuilder().setEvents(3))
            .build());

    assertThat(texts())
        .containsExactly(
            "device …abc removed: unregistered",
            "the account was deleted, and with it 3 pending events; what was before is no longer"
                + " known");
  }

  @Test
  void stepsOfAWatchedUser_areToldAsTheWorkerSaidThem_atTheirMilliseconds() {
    var step = Step.newBuilder().setAt(Timestamps.fromMillis(at(30) + 7)).setWhat("begin-send: GO");
    ledger.add(
        LedgerEntry.newBuilder()
            .setAtMillis(at(31))
            .setSteps(Steps.newBuilder().setLeaseId(1).addSteps(step))
            .build());

    assertThat(lines())
        .containsExactly(
            WhyLine.newBuilder()
                .setAt(Timestamps.fromMillis(at(30) + 7))
                .setKind(WhyKind.WHY_KIND_STEP)
                .setText("begin-send: GO")
                .build());
  }

  @Test
  void watchedReport_isToldAsSuch_andByItself() {
    departure(
        31,
        Departure.Cause.CAUSE_CLEARED,
        note(1, "bob"),
        note(1, "carl").toBuilder().setSeq(2).setWatched(true).build(),
        note(1, "dora").toBuilder().setSeq(3).build());

    assertThat(texts())
        .containsExactly(
            "message reported, by bob",
            "message reported, by carl; watched",
            "message reported, by dora",
            "the user saw 3 message");
  }

  @Test
  void manyReportsInARow_areOneLine() {
    List<PendingEvent> events = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      events.add(new PendingEvent(i, 1, "sender-" + i % 5, "", NOON + i * 1000L));
    }

    assertThat(story.lines(facts(Optional.of(backlog(events, Phase.WAITING, Set.of(), null)))))
        .extracting(WhyLine::getText)
        .containsExactly(
            "message reported 12 times, by sender-0, by sender-1, by sender-2 and by 2 others; the"
                + " last at 2026-11-21T12:00:11Z");
  }

  @Test
  void now_nothing() {
    assertThat(story.now(facts(Optional.empty()))).isEqualTo("Nothing waits.");
  }

  @Test
  void now_waiting_due_leased_sending() {
    List<PendingEvent> one = List.of(new PendingEvent(1, 1, "bob", "", NOON));
    Lease lease = new Lease(7, "worker-1", at(30), at(31));

    assertThat(now(backlog(one, Phase.WAITING, Set.of(), null)))
        .isEqualTo(
            "1 event waits (1 message from 1 sender); the next step is due at"
                + " 2026-11-21T12:30:00Z, in 30 min.");
    assertThat(now(backlog(one, Phase.WAITING, Set.of(Flag.ONLINE), null)))
        .contains("put off because the user was online; another try is due at");
    assertThat(now(backlog(one, Phase.LEASED, Set.of(), lease)))
        .contains("worker-1 decides what to tell, since 2026-11-21T12:30:00Z");
    assertThat(now(backlog(one, Phase.SENDING, Set.of(), lease)))
        .contains("worker-1 is sending")
        .contains("must answer by 2026-11-21T12:31:00Z");
  }

  @Test
  void now_saysWhatStandsInTheWay() {
    Profile deaf =
        Profile.newBuilder()
            .setUser("anna")
            .addDevices(Device.newBuilder().setToken("t"))
            .setPreferences(Preferences.newBuilder().setPushOff(true))
            .build();

    assertThat(
            story.now(
                new Story.Facts(List.of(), Optional.empty(), new ProfileState.Known(deaf), NOON)))
        .isEqualTo(
            "Nothing waits. Nothing can be sent: the user turned pushes off and no e-mail address"
                + " is known.");
  }

  private void attempt(int minute, List<Delivery> deliveries, Reason reason, int againMinute) {
    attempt(minute, deliveries, reason, againMinute, reason == Reason.REASON_SENT ? 1 : 2);
  }

  private void attempt(
      int minute, List<Delivery> deliveries, Reason reason, int againMinute, int flags) {
    ledger.add(
        entry(
            minute,
            lease(minute)
                .setEnding(Ending.ENDING_CANCELLED)
                .setReason(reason)
                .addAllDeliveries(deliveries)
                .addEvents(note(1, "bob"))
                .setFlags(flags)
                .setDueAgainAtMillis(at(againMinute))));
  }

  private static Attempt.Builder lease(int minute) {
    return Attempt.newBuilder()
        .setLeaseId(minute)
        .setWorker("worker-1")
        .setDueAtMillis(at(minute))
        .setLeasedAtMillis(at(minute));
  }

  private static List<Delivery> online() {
    return List.of();
  }

  private static List<Delivery> pushed(Outcome... outcomes) {
    List<Delivery> deliveries = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      deliveries.add(
          Delivery.newBuilder()
              .setChannel(Channel.CHANNEL_PUSH)
              .setPlatform(Platform.PLATFORM_FCM)
              .setTarget("secret-token-" + deliveries.size())
              .setOutcome(outcome)
              .build());
    }
    return deliveries;
  }

  private static Delivery email(String detail) {
    return email(Outcome.OUTCOME_ACCEPTED, detail);
  }

  private static Delivery email(Outcome outcome, String detail) {
    return Delivery.newBuilder()
        .setChannel(Channel.CHANNEL_EMAIL)
        .setTarget("anna@example.com")
        .setOutcome(outcome)
        .setDetail(detail)
        .build();
  }

  private void departure(int minute, Departure.Cause cause, EventNote... notes) {
    ledger.add(
        LedgerEntry.newBuilder()
            .setAtMillis(at(minute))
            .setDeparture(Departure.newBuilder().setCause(cause).addAllEvents(List.of(notes)))
            .build());
  }

  private static LedgerEntry entry(int minute, Attempt.Builder attempt) {
    return LedgerEntry.newBuilder().setAtMillis(at(minute)).setAttempt(attempt).build();
  }

  private static EventNote note(int type, String sender) {
    return EventNote.newBuilder()
        .setSeq(1)
        .setType(type)
        .setSender(sender)
        .setAtMillis(NOON)
        .build();
  }

  private static long at(int minute) {
    return NOON + minute * 60_000L;
  }

  private static Backlog backlog(
      List<PendingEvent> events, Phase phase, Set<Flag> flags, Lease lease) {
    long senders = events.stream().map(PendingEvent::sender).distinct().count();
    return new Backlog(
        phase,
        at(30),
        flags,
        events.size(),
        events,
        List.of(new TypeTotal(1, events.size(), (int) senders)),
        Optional.ofNullable(lease));
  }

  private String now(Backlog backlog) {
    return story.now(facts(Optional.of(backlog)));
  }

  private Story.Facts facts(Optional<Backlog> backlog) {
    Profile reachable =
        Profile.newBuilder()
            .setUser("anna")
            .setEmail("anna@example.com")
            .addDevices(Device.newBuilder().setToken("t"))
            .build();
    return new Story.Facts(ledger, backlog, new ProfileState.Known(reachable), NOON);
  }

  private List<WhyLine> lines() {
    return story.lines(facts(Optional.empty()));
  }

  private List<String> texts() {
    return lines().stream().map(WhyLine::getText).toList();
  }
}
