package dev.whileaway.worker.plan;

import static dev.whileaway.worker.plan.Given.NOON;
import static dev.whileaway.worker.plan.Given.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.presence.PresenceReading;
import dev.whileaway.templates.DigestContent;
import dev.whileaway.templates.Person;
import dev.whileaway.v1.BacklogFlag;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Gender;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.Reason;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {

  @Test
  void offlineUserWithDevices_first_getsOnePushToAll() {
    Plan.TellByPush push = message("bob", "carl", "bob").push();

    assertThat(push.devices()).hasSize(2);
    assertThat(push.silent()).isFalse();
    assertThat(push.next()).isEqualTo(Plan.NextStep.EMAIL);
    assertThat(push.presumed())
        .isEqualTo(
            new Presumed.Cancel(
                Duration.ofMinutes(10), Set.of(BacklogFlag.BACKLOG_FLAG_PUSH_SENT)));
    assertThat(push.words()).isEqualTo("push to 2 devices");
    DigestContent.Group group = push.digest().groups().getFirst();
    assertThat(group.events()).isEqualTo(3);
    assertThat(group.senders()).isEqualTo(2);
    assertThat(group.items()).extracting(item -> item.sender().id()).startsWith("bob", "carl");
    assertThat(group.items().getFirst().at()).isAfter(group.items().getLast().at());
  }

  @Test
  void push_isWantedForADay_orUntilAllOfItIsTooOld() {
    assertThat(message("bob").push().expiresAt()).isEqualTo(NOON.plus(Planner.PUSH_LIFETIME));

    // Thirty days after the newer of the two, but for an hour.
    assertThat(message("bob", "carl").at("2026-04-01T10:00:02Z").push().expiresAt())
        .isEqualTo("2026-04-01T11:00:02Z");
  }

  @Test
  void pushSent_addressKnown_getsAnEmail() {
    Plan.TellByMail mail = message("bob").pushSent().mail();

    assertThat(mail.address()).isEqualTo("anna@example.org");
    assertThat(mail.presumed()).isEqualTo(new Presumed.Confirm());
  }

  @Test
  void noDevice_addressKnown_getsAnEmailAtOnce() {
    assertThat(message("bob").profile(p -> p.clearDevices()).plan())
        .isInstanceOf(Plan.TellByMail.class);
  }

  @Test
  void pushIsOff_addressKnown_getsAnEmailAtOnce() {
    assertThat(message("bob").preferences(p -> p.setPushOff(true)).plan())
        .isInstanceOf(Plan.TellByMail.class);
  }

  @Test
  void pushCannotBeUsed_addressKnown_getsAnEmailAtOnce() {
    assertThat(message("bob").usable(Set.of(Channel.CHANNEL_EMAIL)).plan())
        .isInstanceOf(Plan.TellByMail.class);
  }

  @Test
  void noAddress_devices_thePushIsAllThatFollows() {
    assertThat(message("bob").profile(p -> p.clearEmail()).push().next())
        .isEqualTo(Plan.NextStep.NOTHING);
  }

  @Test
  void nothingToReach_endsWithoutChannel_andSaysWhy() {
    assertThat(message("bob").profile(p -> p.clearEmail().clearDevices()).plan())
        .isEqualTo(
            new Plan.Confirm(Reason.REASON_NO_CHANNEL, "no channel: no device, no e-mail address"));
    assertThat(message("bob").preferences(p -> p.setPushOff(true).setEmailOff(true)).plan())
        .isEqualTo(
            new Plan.Confirm(Reason.REASON_NO_CHANNEL, "no channel: push is off, e-mail is off"));
    assertThat(message("bob").pushSent().profile(p -> p.clearEmail()).plan())
        .isEqualTo(
            new Plan.Confirm(
                Reason.REASON_NO_CHANNEL, "no channel: push was tried, no e-mail address"));
    assertThat(message("bob").recipient(UserState.UNKNOWN).plan())
        .isEqualTo(new Plan.Confirm(Reason.REASON_NO_CHANNEL, "no channel: no profile"));
  }

  @Test
  void forgottenRecipient_ends_traps29And35() {
    Plan plan = message("bob").recipient(new UserState.Forgotten()).plan();

    assertThat(plan)
        .isEqualTo(
            new Plan.Confirm(Reason.REASON_NOTHING_LEFT, "the recipient's account was deleted"));
  }

  @Test
  void eventsOfForgottenSenders_areLeftOut_traps29() {
    Plan.TellByPush push =
        message("bob", "mallory", "mallory")
            .event("favourite", "mallory")
            .forgotten("mallory")
            .push();

    assertThat(push.digest().groups()).hasSize(1);
    DigestContent.Group group = push.digest().groups().getFirst();
    assertThat(group.events()).isEqualTo(1);
    assertThat(group.senders()).isEqualTo(1);
    assertThat(push.words()).isEqualTo("push to 2 devices; left out: 3 of deleted senders");
  }

  @Test
  void allSendersForgotten_nothingIsLeft_traps28() {
    assertThat(message("mallory").forgotten("mallory").plan())
        .isEqualTo(
            new Plan.Confirm(
                Reason.REASON_NOTHING_LEFT,
                "nothing left to tell; left out: 1 of deleted senders"));
  }

  @Test
  void mutedTypes_areLeftOut_andNothingLeftEnds_traps28() {
    Given given = message("bob").event("favourite", "carl");

    given.preferences(p -> p.addMutedTypes("favourite"));
    assertThat(given.push().digest().groups())
        .extracting(g -> g.type().name())
        .containsExactly("message");

    given.preferences(p -> p.addMutedTypes("favourite").addMutedTypes("message"));
    assertThat(given.plan())
        .isEqualTo(
            new Plan.Confirm(
                Reason.REASON_NOTHING_LEFT, "nothing left to tell; left out: 2 of muted types"));
  }

  @Test
  void undeclaredType_isLeftOut_theOthersAreTold() {
    Plan.TellByPush push = message("bob").event("gone-type", "carl").push();

    assertThat(push.digest().groups()).hasSize(1);
    assertThat(push.words()).endsWith("1 of types that the catalogue does not have");
  }

  @Test
  void groups_comeInTheCataloguesOrder() {
    Plan.TellByPush push =
        new Given()
            .event("favourite", "a")
            .event("message", "b")
            .event("profile-visit", "c")
            .push();

    assertThat(push.digest().groups())
        .extracting(group -> group.type().name())
        .containsExactly("message", "profile-visit", "favourite");
  }

  @Test
  void overflowedTotals_loseExactlyWhatIsSeenToBeOfForgottenSenders_traps30() {
    Plan.TellByPush push =
        message("bob", "mallory", "mallory", "carl")
            .total("message", 10_000, 40)
            .forgotten("mallory")
            .push();

    DigestContent.Group group = push.digest().groups().getFirst();
    assertThat(group.events()).isEqualTo(9_998);
    assertThat(group.senders()).isEqualTo(39);
    assertThat(group.items()).hasSize(2);
  }

  @Test
  void overflowedTotals_noKeptEventLeft_theTypeIsNotTold() {
    Plan plan = message("mallory").total("message", 10_000, 1).forgotten("mallory").plan();

    assertThat(plan).isInstanceOf(Plan.Confirm.class);
  }

  @ParameterizedTest
  @CsvSource({"899999,true", "900000,false", "900001,false"})
  void webActivity_fifteenMinutesAgo_isTheBoundary(long agoMillis, boolean online) {
    Plan plan =
        message("bob").presence(new PresenceReading(NOON.toEpochMilli() - agoMillis, 0, 0)).plan();

    assertThat(plan instanceof Plan.Cancel).isEqualTo(online);
  }

  @Test
  void onlineUser_isLookedAtAgainLater_traps11() {
    Plan plan =
        message("bob").presence(new PresenceReading(NOON.toEpochMilli() - 60_000, 0, 0)).plan();

    assertThat(plan)
        .isEqualTo(
            new Plan.Cancel(
                Duration.ofMinutes(5),
                Set.of(BacklogFlag.BACKLOG_FLAG_ONLINE),
                Reason.REASON_ONLINE,
                "online: last seen on the web 60 s before"));
  }

  @Test
  void openConnectionOfAnIdleApp_doesNotCountForEver_traps12() {
    long longAgo = NOON.minus(Duration.ofDays(3)).toEpochMilli();
    long farAhead = NOON.plus(Duration.ofDays(1)).toEpochMilli();

    assertThat(message("bob").presence(new PresenceReading(0, longAgo, farAhead)).plan())
        .isInstanceOf(Plan.TellByPush.class);
  }

  @Test
  void nothingLeft_comesBeforeOnline() {
    assertThat(
            message("mallory")
                .forgotten("mallory")
                .presence(new PresenceReading(NOON.toEpochMilli(), 0, 0))
                .plan())
        .isInstanceOf(Plan.Confirm.class);
  }

  // TRAPS 23
  @ParameterizedTest
  @CsvSource({
    "2026-03-02T22:59:59.999Z,UTC,false",
    "2026-03-02T23:00:00Z,UTC,true",
    "2026-03-02T23:00:00.001Z,UTC,true",
    "2026-03-03T00:00:00Z,UTC,true",
    "2026-03-03T07:59:59.999Z,UTC,true",
    "2026-03-03T08:00:00Z,UTC,false",
    "2026-03-03T08:00:00.001Z,UTC,false",
    "2026-03-02T20:00:00Z,Europe/Moscow,true",
    "2026-03-02T19:59:59Z,Europe/Moscow,false"
  })
  void night_spansMidnight_inTheUsersZone(String at, String zone, boolean silent) {
    assertThat(message("bob").at(at).profile(p -> p.setZone(zone)).push().silent())
        .isEqualTo(silent);
  }

  // TRAPS 22: in Berlin 02:30 does not exist on the 29th of March, and comes twice on the 25th of
  // October; the wall clock decides, and nothing throws.
  @ParameterizedTest
  @CsvSource({
    "2026-03-29T00:59:59Z,true", // 01:59:59
    "2026-03-29T01:00:00Z,true", // 03:00:00
    "2026-03-29T05:59:59Z,true", // 07:59:59, summer
    "2026-03-29T06:00:00Z,false", // 08:00:00, summer
    "2026-10-25T00:30:00Z,true", // 02:30, summer
    "2026-10-25T01:30:00Z,true", // 02:30 again
    "2026-10-25T06:59:59Z,true", // 07:59:59, winter
    "2026-10-25T07:00:00Z,false" // 08:00:00, winter
  })
  void night_onADayOfClockChange_followsTheWallClock(String at, boolean silent) {
    assertThat(message("bob").at(at).profile(p -> p.setZone("Europe/Berlin")).push().silent())
        .isEqualTo(silent);
  }

  // TRAPS 23
  @ParameterizedTest
  @ValueSource(strings = {"", "Mars/Olympus", "not a zone"})
  void zoneThatIsMissingOrUnknown_countsAsUtc(String zone) {
    Given given = message("bob").profile(p -> p.setZone(zone));

    assertThat(given.at("2026-03-02T23:30:00Z").push().silent()).isTrue();
    assertThat(given.at("2026-03-02T12:00:00Z").push().silent()).isFalse();
    assertThat(given.push().digest().zone()).isEqualTo(ZoneOffset.UTC);
  }

  // TRAPS 23
  @Test
  void nightThatStartsWhenItEnds_isNoNight() {
    Policy p = Policy.STANDARD;
    Policy noNight =
        new Policy(
            p.escalation(), p.onlineRetry(), p.nightTo(), p.nightTo(), p.onUnknown(), p.online());

    for (String at : new String[] {"07:59:59", "08:00:00", "08:00:01", "00:00:00"}) {
      assertThat(message("bob").policy(noNight).at("2026-03-02T" + at + "Z").push().silent())
          .isFalse();
    }
  }

  @Test
  void silentNightPush_stillLeadsToTheEmail_traps27() {
    Plan.TellByPush push = message("bob").at("2026-03-02T23:30:00Z").push();

    assertThat(push.silent()).isTrue();
    assertThat(push.words()).isEqualTo("push to 2 devices, silent: 23:30 in UTC");
    assertThat(push.presumed()).isInstanceOf(Presumed.Cancel.class);
  }

  @Test
  void ladderWithoutAStep_passesItBy_andSaysSo() {
    Given none = message("bob").policy(ladder(Policy.Ladder.EMAIL));
    assertThat(none.mail()).isNotNull();

    Given pushOnly = message("bob").policy(ladder(Policy.Ladder.PUSH));
    assertThat(pushOnly.push().next()).isEqualTo(Plan.NextStep.NOTHING);
    assertThat(pushOnly.pushSent().plan())
        .isEqualTo(
            new Plan.Confirm(
                Reason.REASON_NO_CHANNEL,
                "no channel: push was tried, e-mail is no step of the ladder"));
  }

  private static Policy ladder(Policy.Ladder ladder) {
    Policy p = Policy.STANDARD;
    return new Policy(
        p.escalation(),
        p.onlineRetry(),
        p.nightFrom(),
        p.nightTo(),
        p.onUnknown(),
        p.online(),
        ladder,
        p.backoff());
  }

  @Test
  void policyResend_presumesNothing() {
    Given given = message("bob").policy(Given.policy(Policy.OnUnknown.RESEND));

    assertThat(given.push().presumed()).isEqualTo(new Presumed.Nothing());
    assertThat(given.pushSent().mail().presumed()).isEqualTo(new Presumed.Nothing());
  }

  @Test
  void digestId_isTheSameAgain_andDiffersByChannelAndContent() {
    String push = message("bob").push().digest().digestId();

    assertThat(message("bob").attempts(3).push().digest().digestId()).isEqualTo(push);
    assertThat(message("bob").pushSent().mail().digest().digestId()).isNotEqualTo(push);
    assertThat(message("bob", "carl").push().digest().digestId()).isNotEqualTo(push);
    assertThat(push).matches("[0-9a-f]{32}");
    assertThat(message("bob").push().collapseKey())
        .isEqualTo(message("carl", "carl").push().collapseKey());
  }

  // TRAPS 44: an urgent event came after the push, and the phone was off for both.
  @Test
  void pushAfterAPush_tellsAllThatWaits_underTheSameKey() {
    Plan.TellByPush first = message("bob").push();
    Plan.TellByPush second = message("bob", "carl").push();

    assertThat(second.collapseKey()).isEqualTo(first.collapseKey());
    assertThat(second.digest().events()).isEqualTo(2);
    assertThat(second.digest().digestId()).isNotEqualTo(first.digest().digestId());
  }

  @Test
  void people_areShownAsTheirProfilesSay() {
    Profile bob =
        Profile.newBuilder()
            .setName("Bob")
            .setPictureUrl("https://example.org/bob.png")
            .setGender(Gender.GENDER_MALE)
            .build();
    Plan.TellByPush push =
        message("bob", "nobody", "").sender("bob", new UserState.Known(bob)).push();

    assertThat(push.digest().groups().getFirst().items())
        .extracting(DigestContent.Item::sender)
        .containsExactly(
            new Person("", "", "", Person.Gender.UNKNOWN),
            new Person("nobody", "", "", Person.Gender.UNKNOWN),
            new Person("bob", "Bob", "https://example.org/bob.png", Person.Gender.MALE));
    assertThat(push.digest().locale()).isEqualTo(Locale.ENGLISH);
  }
}
