package dev.whileaway.worker.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.templates.DigestContent;
import dev.whileaway.templates.Person;
import dev.whileaway.testkit.clock.ManualClock;
import dev.whileaway.testkit.log.CapturedLog;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Reason;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.plan.Plan;
import dev.whileaway.worker.plan.Presumed;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryLogTest {

  private static final Outcome ACCEPTED = new Outcome.Accepted("id", "250 Ok");
  private static final Outcome AWAY = new Outcome.RetryAfter(Duration.ofSeconds(30), "refused");
  private static final Outcome SILENT = new Outcome.Unknown("no answer came");
  private static final Outcome DEAD = new Outcome.Unregistered(Optional.empty(), "550");
  private static final DigestContent DIGEST =
      new DigestContent(
          "digest",
          new Person("anna", "", "", Person.Gender.UNKNOWN),
          Locale.ENGLISH,
          ZoneOffset.UTC,
          Instant.EPOCH,
          List.of());
  private static final String FAILS =
      "WARN e-mail cannot be sent now: refused; digests wait and are tried again";

  private final CapturedLog said = new CapturedLog(DeliveryLog.class);
  private final ManualClock clock = ManualClock.at("2026-03-02T12:00:00Z");
  private final DeliveryLog log = new DeliveryLog(clock);

  @AfterEach
  void stopListening() {
    said.close();
  }

  private void mail(Outcome outcome) {
    log.told(
        new Plan.TellByMail(DIGEST, "anna@example.org", new Presumed.Confirm(), "", ""),
        List.of(outcome));
  }

  // TRAPS 17
  @Test
  void outage_isToldOnce_andItsEndOnce() {
    mail(ACCEPTED);
    for (int i = 0; i < 1_000; i++) {
      mail(AWAY);
      clock.advance(Duration.ofMinutes(1));
    }
    mail(ACCEPTED);
    mail(ACCEPTED);

    assertThat(said.lines())
        .containsExactly(FAILS, "INFO e-mail can be sent again, after 1000 failed sends");
  }

  @Test
  void noAnswer_isAnOutageToo_aDeadMailboxIsNone() {
    mail(DEAD);
    assertThat(said.lines()).isEmpty();

    mail(SILENT);
    assertThat(said.lines()).singleElement().asString().contains("e-mail", "no answer came");
  }

  @Test
  void providerThatIsBusyNowAndThen_isNotToldOfEachTime() {
    mail(AWAY);
    mail(ACCEPTED);
    clock.advance(DeliveryLog.QUIET.minusMillis(1));
    mail(AWAY);
    mail(ACCEPTED);
    mail(AWAY);
    assertThat(said.lines()).hasSize(2);

    clock.advance(Duration.ofMillis(1));
    mail(AWAY);
    assertThat(said.lines()).hasSize(3).last().isEqualTo(FAILS);
  }

  @Test
  void onePushProviderFails_theOtherIsNotBlamed() {
    push(
        List.of(device(Platform.PLATFORM_FCM, ""), device(Platform.PLATFORM_APNS, "")),
        List.of(ACCEPTED, AWAY));

    assertThat(said.lines())
        .singleElement()
        .asString()
        .startsWith("WARN push (apns) cannot be sent now");
  }

  // TRAPS 17
  @Test
  void oneAppFails_theOtherOfItsPlatformDoesNotSpeakForIt() {
    var devices = List.of(device(Platform.PLATFORM_FCM, "a"), device(Platform.PLATFORM_FCM, "b"));
    push(devices, List.of(AWAY, ACCEPTED));
    push(devices, List.of(AWAY, ACCEPTED));
    assertThat(said.lines())
        .containsExactly(
            "WARN push (fcm a) cannot be sent now: refused; digests wait and are tried again");

    push(devices, List.of(ACCEPTED, SILENT));
    assertThat(said.lines())
        .hasSize(3)
        .contains("INFO push (fcm a) can be sent again, after 2 failed sends")
        .last()
        .asString()
        .startsWith("WARN push (fcm b) cannot be sent now: no answer came");
  }

  @Test
  void deadLetter_isToldWithUserAndWords_otherAnswersAreNot() {
    var delivery = Delivery.newBuilder().setDetail("550 5.7.1 Blocked").build();
    var sent = new Plan.Confirm(Reason.REASON_SENT, "e-mail: accepted");
    var busy =
        new Plan.Cancel(Duration.ZERO, Set.of(), Reason.REASON_PROVIDER_BUSY, "e-mail: busy");
    var dead = new Plan.Confirm(Reason.REASON_FAILED, "dead letter: e-mail: rejected");
    var broken = new Plan.Confirm(Reason.REASON_FAILED, "dead letter: no text");

    log.settled("anna", sent, List.of(delivery));
    log.settled("anna", busy, List.of(delivery));
    log.settled("anna", dead, List.of(delivery));
    log.settled("bea", broken, List.of());

    assertThat(said.lines())
        .containsExactly(
            "WARN user anna: dead letter: e-mail: rejected (550 5.7.1 Blocked)",
            "WARN user bea: dead letter: no text");
  }

  private void push(List<Device> devices, List<Outcome> outcomes) {
    log.told(
        new Plan.TellByPush(
            DIGEST,
            devices,
            "",
            false,
            clock.instant(),
            Plan.NextStep.EMAIL,
            new Presumed.Nothing(),
            "",
            ""),
        outcomes);
  }

  private static Device device(Platform platform, String app) {
    return Device.newBuilder().setPlatform(platform).setApp(app).build();
  }
}
