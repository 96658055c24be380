package dev.whileaway.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whileaway.v1.BacklogFlag;
import dev.whileaway.v1.Reason;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Reservation.Refused;
import dev.whileaway.worker.plan.Policy.OnUnknown;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettlementTest {

  private static final Backoff BACKOFF = Backoff.STANDARD;

  private static final Set<BacklogFlag> PUSH_SENT = Set.of(BacklogFlag.BACKLOG_FLAG_PUSH_SENT);
  private static final Outcome ACCEPTED = new Outcome.Accepted("id", "");
  private static final Outcome DEAD = new Outcome.Unregistered(Optional.empty(), "no such token");
  private static final Outcome REJECTED = new Outcome.Rejected("bad topic");
  private static final Outcome UNKNOWN = new Outcome.Unknown("connection lost");
  private static final Plan.Tell PUSH = Given.message("bob").push();
  private static final Plan.Tell PUSH_ALONE =
      Given.message("bob").profile(p -> p.clearEmail()).push();
  private static final Plan.Tell MAIL = Given.message("bob").pushSent().mail();

  private static Outcome busy(Duration delay) {
    return new Outcome.RetryAfter(delay, "too many");
  }

  private static Plan.Answer settle(Plan.Tell tell, int attempts, Outcome... outcomes) {
    return Settlement.of(tell, List.of(outcomes), attempts, Policy.STANDARD);
  }

  @Test
  void push_anyDeviceAccepted_waitsForTheEmail() {
    Plan.Answer expected =
        new Plan.Cancel(Duration.ofMinutes(10), PUSH_SENT, Reason.REASON_SENT, "");

    assertThat(settle(PUSH, 0, ACCEPTED, DEAD)).isEqualTo(expected);
  }

  @Test
  void sent_tellsTheLedgerWhatWasLeftOut() {
    Given partly = Given.message("bob", "mallory").forgotten("mallory");

    assertThat(settle(partly.push(), 0, ACCEPTED, ACCEPTED))
        .isInstanceOfSatisfying(
            Plan.Cancel.class,
            cancel -> assertThat(cancel.words()).isEqualTo("left out: 1 of deleted senders"));
    assertThat(settle(partly.pushSent().mail(), 0, ACCEPTED))
        .isEqualTo(new Plan.Confirm(Reason.REASON_SENT, "left out: 1 of deleted senders"));
  }

  // TRAPS 7: the device that is busy is not worth a second push to the one that has it.
  @Test
  void push_oneAcceptedOneBusy_isNotRepeated() {
    assertThat(settle(PUSH, 0, ACCEPTED, busy(Duration.ofSeconds(9))))
        .isInstanceOfSatisfying(
            Plan.Cancel.class,
            cancel -> {
              assertThat(cancel.flags()).isEqualTo(PUSH_SENT);
              assertThat(cancel.reason()).isEqualTo(Reason.REASON_SENT);
            });
  }

  // TRAPS 6
  @Test
  void push_noAnswer_countsAsSent() {
    assertThat(settle(PUSH, 0, UNKNOWN, DEAD))
        .isInstanceOfSatisfying(
            Plan.Cancel.class,
            cancel -> {
              assertThat(cancel.delay()).isEqualTo(Duration.ofMinutes(10));
              assertThat(cancel.flags()).isEqualTo(PUSH_SENT);
            });
  }

  @Test
  void push_everyDeviceDead_theEmailFollowsAtOnce_traps27() {
    assertThat(settle(PUSH, 0, DEAD, REJECTED))
        .isEqualTo(
            new Plan.Cancel(
                Duration.ZERO,
                PUSH_SENT,
                Reason.REASON_FAILED,
                "push to 2 devices: 1 unregistered, 1 rejected"));
  }

  @Test
  void push_busyAndDead_isTriedAgain_withoutTheFlag_traps18() {
    assertThat(settle(PUSH, 0, busy(Duration.ZERO), DEAD))
        .isInstanceOfSatisfying(
            Plan.Cancel.class,
            cancel -> {
              assertThat(cancel.flags()).isEmpty();
              assertThat(cancel.reason()).isEqualTo(Reason.REASON_PROVIDER_BUSY);
              assertThat(cancel.delay()).isPositive();
            });
  }

  @Test
  void push_busyTooOften_givesWayToTheEmail_traps17And27() {
    int last = Policy.STANDARD.attemptsBeforeMail() - 1;

    assertThat(settle(PUSH, last - 1, busy(Duration.ZERO)).reason())
        .isEqualTo(Reason.REASON_PROVIDER_BUSY);
    assertThat(settle(PUSH, last, busy(Duration.ZERO)))
        .isInstanceOfSatisfying(
            Plan.Cancel.class,
            cancel -> {
              assertThat(cancel.delay()).isZero();
              assertThat(cancel.flags()).isEqualTo(PUSH_SENT);
              assertThat(cancel.words()).endsWith("given up after 5 attempts");
            });
    assertThat(settle(PUSH_ALONE, last, busy(Duration.ZERO)).reason())
        .isEqualTo(Reason.REASON_PROVIDER_BUSY);
  }

  @Test
  void mail_taken_confirms() {
    assertThat(settle(MAIL, 0, ACCEPTED)).isEqualTo(new Plan.Confirm(Reason.REASON_SENT, ""));
    assertThat(settle(MAIL, 0, UNKNOWN)).isEqualTo(new Plan.Confirm(Reason.REASON_SENT, ""));
  }

  @Test
  void mail_refusedForEver_isADeadLetterWithItsReason_traps17() {
    assertThat(settle(MAIL, 0, REJECTED))
        .isEqualTo(new Plan.Confirm(Reason.REASON_FAILED, "dead letter: e-mail: rejected"));
  }

  // Dead letters are alarmed on: a mailbox that is gone is nobody's fault.
  @Test
  void mail_toNobody_isNoDeadLetter() {
    assertThat(settle(MAIL, 0, DEAD))
        .isEqualTo(new Plan.Confirm(Reason.REASON_SUPPRESSED, "e-mail: unregistered"));
    var refusals = List.of(Reservation.impossible(DEAD));
    assertThat(Settlement.unsent(MAIL, refusals, 0, Policy.STANDARD).reason())
        .isEqualTo(Reason.REASON_SUPPRESSED);
  }

  // TRAPS 17, 18, 19: fourteen days of hourly attempts are less than four hundred.
  @Test
  void providerIsAwayForWeeks_backsOffUpToALimit_andIsNeverGivenUp() {
    for (Plan.Tell tell : List.of(MAIL, PUSH_ALONE)) {
      Duration before = Duration.ZERO;
      for (int attempts = 0; attempts < 400; attempts++) {
        Plan.Cancel cancel = (Plan.Cancel) settle(tell, attempts, busy(Duration.ZERO), DEAD);
        assertThat(cancel.reason()).isEqualTo(Reason.REASON_PROVIDER_BUSY);
        assertThat(cancel.flags()).isEmpty();
        assertThat(cancel.delay())
            .isGreaterThanOrEqualTo(before)
            .isLessThanOrEqualTo(BACKOFF.longest());
        before = cancel.delay();
      }
      assertThat(before).isGreaterThanOrEqualTo(BACKOFF.longest().dividedBy(2));
    }
  }

  // TRAPS 17: each may have been taken, so a policy that sends again needs an end.
  @Test
  void policyResend_neverAnAnswer_isADeadLetterAtLast() {
    Policy resend = Given.policy(OnUnknown.RESEND);
    int last = Backoff.ATTEMPTS_MAX - 1;

    assertThat(Settlement.of(MAIL, List.of(UNKNOWN), last - 1, resend).reason())
        .isEqualTo(Reason.REASON_PROVIDER_BUSY);
    assertThat(Settlement.of(MAIL, List.of(UNKNOWN), last, resend))
        .isEqualTo(
            new Plan.Confirm(
                Reason.REASON_FAILED,
                "dead letter: e-mail: no answer; given up after 32 attempts"));
  }

  // TRAPS 25
  @Test
  void waitAsLongAsTheEscalation_givesWayToTheEmail_ifThereIsOne() {
    assertThat(settle(PUSH, 0, busy(Duration.ofMinutes(15))).reason())
        .isEqualTo(Reason.REASON_FAILED);
    assertThat(settle(PUSH_ALONE, 0, busy(Duration.ofMinutes(15))).reason())
        .isEqualTo(Reason.REASON_PROVIDER_BUSY);
  }

  // TRAPS 17: the other device's trouble must not make it go on for ever.
  @Test
  void policyResend_neverAnAnswerOfOne_whileAnotherIsAway_endsToo() {
    Policy resend = Given.policy(OnUnknown.RESEND);
    List<Outcome> outcomes = List.of(busy(Duration.ofSeconds(5)), UNKNOWN);

    assertThat(Settlement.of(PUSH_ALONE, outcomes, Backoff.ATTEMPTS_MAX - 1, resend).reason())
        .isEqualTo(Reason.REASON_FAILED);
  }

  @Test
  void policyResend_noAnswer_isTriedAgain() {
    Policy resend = Given.policy(OnUnknown.RESEND);

    for (Plan.Tell tell : List.of(PUSH, MAIL)) {
      assertThat(Settlement.of(tell, List.of(UNKNOWN), 0, resend))
          .isInstanceOfSatisfying(
              Plan.Cancel.class,
              cancel -> {
                assertThat(cancel.flags()).isEmpty();
                assertThat(cancel.delay()).isPositive();
              });
      assertThat(Settlement.of(tell, List.of(ACCEPTED, UNKNOWN), 0, resend).reason())
          .isEqualTo(Reason.REASON_SENT);
    }
  }

  @Test
  void brokenBacklog_movesBackInTheDueOrder_andEnds_traps34() {
    Due first = Given.message("bob").due();
    Due last = Given.message("bob").attempts(Backoff.ATTEMPTS_MAX - 1).due();

    assertThat(Settlement.failed(first, "no text", Policy.STANDARD))
        .isInstanceOfSatisfying(
            Plan.Cancel.class, cancel -> assertThat(cancel.delay()).isPositive());
    assertThat(Settlement.failed(last, "no text", Policy.STANDARD))
        .isEqualTo(new Plan.Confirm(Reason.REASON_FAILED, "dead letter: no text"));
  }

  @Test
  void noOutcome_isABug() {
    assertThatThrownBy(() -> settle(PUSH, 0)).isInstanceOf(IllegalStateException.class);
  }

  // TRAPS 25: together the waits stay below those after which the e-mail would come.
  @ParameterizedTest
  @ValueSource(longs = {1, 29, 30, 31, 60, 600, 3600, 7 * 86_400})
  void waitsBeforeTheEmail_addUpToNoMoreThanTheEscalation(long seconds) {
    Policy policy = escalation(Duration.ofSeconds(seconds));
    for (int i = 0; i < 100; i++) {
      Duration sum = Duration.ZERO;
      for (int attempts = 0; attempts < policy.attemptsBeforeMail() - 1; attempts++) {
        sum = sum.plus(BACKOFF.delay(attempts, Duration.ZERO, "digest " + i));
      }
      assertThat(sum).isLessThanOrEqualTo(policy.escalation());
    }
  }

  @Test
  void attemptsBeforeTheEmail_areAsManyAsFitInBetween() {
    assertThat(escalation(Duration.ofSeconds(29)).attemptsBeforeMail()).isEqualTo(1);
    assertThat(escalation(Duration.ofSeconds(30)).attemptsBeforeMail()).isEqualTo(2);
    assertThat(Policy.STANDARD.attemptsBeforeMail()).isEqualTo(5);
    assertThat(escalation(Duration.ofDays(7)).attemptsBeforeMail()).isEqualTo(32);
  }

  @Test
  void backoff_ofTheProductsOwn_isKept() {
    var backoff = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(7));

    assertThat(backoff.delay(0, Duration.ZERO, "a")).isBetween(seconds(1), seconds(2));
    assertThat(backoff.delay(1, Duration.ZERO, "a")).isBetween(seconds(2), seconds(4));
    assertThat(backoff.delay(9, Duration.ZERO, "a")).isBetween(Duration.ofMillis(3500), seconds(7));
    assertThatThrownBy(() -> new Backoff(seconds(2), seconds(1)))
        .hasMessageContaining("expected a longest wait of at least the first");
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Policy escalation(Duration escalation) {
    Policy p = Policy.STANDARD;
    return new Policy(
        escalation, p.onlineRetry(), p.nightFrom(), p.nightTo(), p.onUnknown(), p.online());
  }

  @Test
  void backoff_honoursWhatWasAsked_isRepeatable_andSpreads_traps36() {
    Duration asked = Duration.ofMinutes(7);

    assertThat(BACKOFF.delay(0, asked, "a")).isGreaterThanOrEqualTo(asked);
    assertThat(BACKOFF.delay(0, asked, "a")).isEqualTo(BACKOFF.delay(0, asked, "a"));
    assertThat(BACKOFF.delay(0, Duration.ofDays(9), "a")).isEqualTo(BACKOFF.longest());
    assertThat(BACKOFF.delay(1_000_000, Duration.ZERO, "a")).isLessThanOrEqualTo(BACKOFF.longest());
    assertThat(
            java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> BACKOFF.delay(9, Duration.ZERO, "digest " + i))
                .distinct()
                .count())
        .isGreaterThan(80);
  }

  private static Refused refused(Refused.Cause cause) {
    return new Refused(
        cause, new Outcome.RetryAfter(Duration.ofSeconds(40), "fcm app is " + cause));
  }

  private static Plan.Answer unsent(Plan.Tell tell, Refused.Cause... causes) {
    List<Refused> refusals = Arrays.stream(causes).map(SettlementTest::refused).toList();
    return Settlement.unsent(tell, refusals, 3, Policy.STANDARD);
  }

  private static Plan.Cancel cancelled(Plan.Answer answer) {
    assertThat(answer).isInstanceOf(Plan.Cancel.class);
    return (Plan.Cancel) answer;
  }

  // TRAPS 36
  @Test
  void wayIsFull_theDigestWaits_andThatIsNoTry() {
    Plan.Cancel push = cancelled(unsent(PUSH, Refused.Cause.BANNED, Refused.Cause.FULL));
    Plan.Cancel mail = cancelled(unsent(MAIL, Refused.Cause.FULL));

    assertThat(push.reason()).isEqualTo(Reason.REASON_CHANNEL_BUSY);
    assertThat(push.flags()).isEmpty();
    assertThat(push.delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(40));
    assertThat(mail.reason()).isEqualTo(Reason.REASON_CHANNEL_BUSY);
  }

  @Test
  void wayIsFull_nobodyWaitsForTheBannedOneBesideIt() {
    var busy =
        new Refused(
            Refused.Cause.FULL, new Outcome.RetryAfter(Duration.ofSeconds(1), "fcm app is full"));

    Plan.Cancel push =
        cancelled(
            Settlement.unsent(
                PUSH, List.of(refused(Refused.Cause.BANNED), busy), 0, Policy.STANDARD));

    assertThat(push.delay()).isEqualTo(Duration.ofSeconds(1));
  }

  // TRAPS 27
  @Test
  void providerIsBanned_theEmailFollowsAtOnce() {
    assertThat(unsent(PUSH, Refused.Cause.BANNED))
        .isEqualTo(
            new Plan.Cancel(
                Duration.ZERO,
                PUSH_SENT,
                Reason.REASON_FAILED,
                "push to 2 devices: fcm app is BANNED"));
  }

  @Test
  void providerIsBanned_andNothingFollows_theDigestIsHeld() {
    Plan.Cancel held = cancelled(unsent(PUSH_ALONE, Refused.Cause.BANNED, Refused.Cause.DROPPED));

    assertThat(held.reason()).isEqualTo(Reason.REASON_PROVIDER_BUSY);
    assertThat(held.delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(40));
    assertThat(cancelled(unsent(MAIL, Refused.Cause.BANNED)).reason())
        .isEqualTo(Reason.REASON_PROVIDER_BUSY);
  }

  @Test
  void providerOfAnAppOfLowImportanceIsBanned_theDigestIsDropped_andSaysSo() {
    assertThat(unsent(PUSH, Refused.Cause.DROPPED))
        .isEqualTo(
            new Plan.Confirm(Reason.REASON_DROPPED, "push to 2 devices: fcm app is DROPPED"));
  }

  @Test
  void oneAppDropsIt_andAnotherDeviceCannotTakeIt_theDigestIsDropped() {
    var impossible = new Refused(Refused.Cause.IMPOSSIBLE, new Outcome.Rejected("too large"));

    assertThat(
            Settlement.unsent(
                    PUSH, List.of(refused(Refused.Cause.DROPPED), impossible), 0, Policy.STANDARD)
                .reason())
        .isEqualTo(Reason.REASON_DROPPED);
  }

  @Test
  void messageThatCanNeverBeSent_isADeadLetter() {
    var impossible = new Refused(Refused.Cause.IMPOSSIBLE, new Outcome.Rejected("no address"));

    assertThat(Settlement.unsent(MAIL, List.of(impossible), 0, Policy.STANDARD).reason())
        .isEqualTo(Reason.REASON_FAILED);
  }
}
