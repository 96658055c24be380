package dev.whileaway.ops.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.shard.LeasedBacklog.PendingEvent;
import dev.whileaway.internal.v1.Attempt;
import dev.whileaway.internal.v1.Attempt.Ending;
import dev.whileaway.internal.v1.Departure;
import dev.whileaway.internal.v1.EventNote;
import dev.whileaway.internal.v1.LedgerEntry;
import dev.whileaway.ops.crash.Finding.Kind;
import dev.whileaway.ops.crash.Outside.Mail;
import dev.whileaway.ops.crash.Outside.Push;
import dev.whileaway.ops.crash.Story.Fate;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.Outcome;
import dev.whileaway.v1.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each lie of one of the three memories is found.
class AuditTest {

  private static final String ANNA = "anna";
  private static final long BEGUN = 1_000;

  private final List<Event> acknowledged = new ArrayList<>();
  private final List<LedgerEntry> ledger = new ArrayList<>();
  private final List<PendingEvent> pending = new ArrayList<>();
  private final List<Mail> mails = new ArrayList<>();
  private final List<Push> pushes = new ArrayList<>();

  @Test
  void audit_pushThenMail_isSound() {
    acknowledge(1, 2);
    ledger.add(attempt(Channel.CHANNEL_PUSH, Ending.ENDING_CANCELLED, Outcome.OUTCOME_ACCEPTED, 1));
    ledger.add(mailed(1, 2));
    pushes.add(new Push("p1", ANNA));
    mail("m1", 1, 2);

    assertThat(audit().findings()).isEmpty();
    assertThat(audit().fates()).isEqualTo(Map.of(Fate.TOLD, 2L));
  }

  @Test
  void audit_eachEnd_isCounted() {
    acknowledge(1, 2, 3);
    pending.add(new PendingEvent(1, 1, name(1).sender(), "", 0));
    ledger.add(cleared(BEGUN, 2));
    ledger.add(
        attempt(
            Channel.CHANNEL_EMAIL,
            Ending.ENDING_UNKNOWN_CONFIRMED,
            Outcome.OUTCOME_UNSPECIFIED,
            3));

    assertThat(audit().findings()).isEmpty();
    assertThat(audit().fates())
        .isEqualTo(Map.of(Fate.PENDING, 1L, Fate.CLEARED, 1L, Fate.UNKNOWN, 1L));
  }

  @Test
  void audit_unknownMail_mayHaveBeenReceived() {
    acknowledge(1);
    ledger.add(
        attempt(
            Channel.CHANNEL_EMAIL,
            Ending.ENDING_UNKNOWN_CONFIRMED,
            Outcome.OUTCOME_UNSPECIFIED,
            1));
    mail("m1", 1);

    assertThat(audit().findings()).isEmpty();
  }

  @Test
  void audit_eventUnknownToTheStore_isLost() {
    acknowledge(1);

    assertFound(Kind.LOST, 1);
  }

  @Test
  void audit_toldByTheLedgerAndInNoMail_isLost() {
    acknowledge(1);
    ledger.add(mailed(1));

    assertFound(Kind.LOST, 1);
  }

  @Test
  void audit_acceptedPushThatWasNotReceived_isLost() {
    acknowledge(1);
    pending.add(new PendingEvent(1, 1, name(1).sender(), "", 0));
    ledger.add(attempt(Channel.CHANNEL_PUSH, Ending.ENDING_CANCELLED, Outcome.OUTCOME_ACCEPTED, 1));

    assertThat(audit().findings()).extracting(Finding::kind).containsExactly(Kind.LOST);
  }

  @Test
  void audit_eventInTwoMails_isToldTwice() {
    acknowledge(1);
    ledger.add(mailed(1));
    mail("m1", 1);
    mail("m2", 1);

    assertFound(Kind.TOLD_TWICE, 1);
  }

  @Test
  void audit_eventInTwoPushesOfTheLedger_isToldTwice() {
    acknowledge(1);
    pending.add(new PendingEvent(1, 1, name(1).sender(), "", 0));
    for (String push : List.of("p1", "p2")) {
      ledger.add(
          attempt(Channel.CHANNEL_PUSH, Ending.ENDING_CANCELLED, Outcome.OUTCOME_ACCEPTED, 1));
      pushes.add(new Push(push, ANNA));
    }

    assertFound(Kind.TOLD_TWICE, 1);
  }

  @Test
  void audit_digestReceivedTwice_isToldTwice() {
    pushes.add(new Push("p1", ANNA));
    pushes.add(new Push("p1", ANNA));

    assertThat(audit().findings()).extracting(Finding::kind).contains(Kind.TOLD_TWICE);
  }

  @Test
  void audit_mailThatTheLedgerDoesNotKnow_isADisagreement() {
    acknowledge(1);
    pending.add(new PendingEvent(1, 1, name(1).sender(), "", 0));
    mail("m1", 1);

    assertFound(Kind.DISAGREEMENT, 1);
  }

  @Test
  void audit_pushThatTheLedgerDoesNotKnow_isADisagreement() {
    pushes.add(new Push("p1", ANNA));

    assertThat(audit().findings()).extracting(Finding::kind).containsExactly(Kind.DISAGREEMENT);
  }

  @Test
  void audit_twoEnds_areADisagreement() {
    acknowledge(1);
    ledger.add(cleared(BEGUN, 1));
    pending.add(new PendingEvent(1, 1, name(1).sender(), "", 0));

    assertFound(Kind.DISAGREEMENT, 1);
  }

  @Test
  void audit_eventThatNobodyReported_isADisagreement() {
    ledger.add(cleared(BEGUN, 1));

    assertFound(Kind.DISAGREEMENT, 1);
  }

  // TRAPS 14: before, at and after the moment at which the send began.
  @Test
  void audit_clearedAndInAMail_mustBeClearedSinceTheSendBegan() {
    for (long clearedAt : List.of(BEGUN - 1, BEGUN, BEGUN + 1)) {
      acknowledged.clear();
      ledger.clear();
      mails.clear();
      acknowledge(1, 2);
      ledger.add(cleared(clearedAt, 2));
      ledger.add(mailed(1));
      mail("m1", 1, 2);

      if (clearedAt < BEGUN) {
        assertFound(Kind.DISAGREEMENT, 2);
      } else {
        assertThat(audit().findings()).isEmpty();
      }
    }
  }

  private void assertFound(Kind kind, int event) {
    assertThat(audit().findings())
        .extracting(Finding::kind, Finding::event)
        .contains(org.assertj.core.groups.Tuple.tuple(kind, name(event).id()));
  }

  private Audit.Result audit() {
    var story = Story.of(new Ledgers.Account(ledger, pending));
    return Audit.of(acknowledged, Map.of(ANNA, story), mails, pushes);
  }

  private static EventName name(int event) {
    return EventName.of(event);
  }

  private void acknowledge(int... events) {
    for (int event : events) {
      acknowledged.add(Event.newBuilder().setRecipient(ANNA).setEventId(name(event).id()).build());
    }
  }

  private void mail(String id, int... events) {
    mails.add(new Mail(id, ANNA, Arrays.stream(events).mapToObj(each -> name(each).id()).toList()));
  }

  private static LedgerEntry mailed(int... events) {
    return attempt(
        Channel.CHANNEL_EMAIL, Ending.ENDING_CONFIRMED, Outcome.OUTCOME_ACCEPTED, events);
  }

  private static LedgerEntry attempt(
      Channel channel, Ending ending, Outcome outcome, int... events) {
    var attempt =
        Attempt.newBuilder()
            .setChannel(channel)
            .setEnding(ending)
            .setReason(Reason.REASON_SENT)
            .setBegunAtMillis(BEGUN)
            .addAllEvents(notes(events).toList());
    if (outcome != Outcome.OUTCOME_UNSPECIFIED) {
      attempt.addDeliveries(Delivery.newBuilder().setChannel(channel).setOutcome(outcome));
    }
    return LedgerEntry.newBuilder().setAtMillis(BEGUN + 50).setAttempt(attempt).build();
  }

  private static LedgerEntry cleared(long at, int... events) {
    var departure =
        Departure.newBuilder()
            .setCause(Departure.Cause.CAUSE_CLEARED)
            .addAllEvents(notes(events).toList());
    return LedgerEntry.newBuilder().setAtMillis(at).setDeparture(departure).build();
  }

  private static Stream<EventNote> notes(int... events) {
    return Arrays.stream(events)
        .mapToObj(event -> EventNote.newBuilder().setSender(name(event).sender()).build());
  }
}
