package dev.whileaway.worker.deliver.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whileaway.templates.PushText;
import dev.whileaway.testkit.clock.ManualClock;
import dev.whileaway.testkit.push.FakeHms;
import dev.whileaway.testkit.push.PushBehaviour;
import dev.whileaway.v1.Platform;
import dev.whileaway.worker.deliver.DeliverySettings.Hms;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import dev.whileaway.worker.deliver.Push;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HmsPushSenderTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final FakeHms hms = FakeHms.start(0);
  private final PushLoops loops = new PushLoops();

  @AfterEach
  void close() {
    loops.close();
    hms.close();
  }

  private HmsPushSender sender(String secret, Duration timeout) {
    return new HmsPushSender(
        new Hms("", hms.appId(), secret, hms.baseUrl(), hms.baseUrl(), timeout, Hms.LIMITS),
        loops,
        new ManualClock(Pushes.NOW));
  }

  private Outcome send(Push push) throws Exception {
    try (var sender = sender(hms.appSecret(), TIMEOUT)) {
      return sender.send(push);
    }
  }

  private static Push push(boolean silent) {
    return Pushes.to(Platform.PLATFORM_HMS, "token", silent, Pushes.text("3 новых сообщения"));
  }

  private JsonNode message() throws Exception {
    return new ObjectMapper().readTree(hms.pushes().getFirst().json()).path("message");
  }

  @Test
  void push_isTaken_withItsTextTagAndLink() throws Exception {
    assertThat(send(push(false))).isEqualTo(new Outcome.Accepted("1", "80000000"));

    var android = message().path("android");
    assertThat(android.at("/notification/title").asText()).isEqualTo("Анна");
    assertThat(android.at("/notification/tag").asText()).isEqualTo("digest");
    assertThat(android.path("urgency").asText()).isEqualTo("HIGH");
    assertThat(android.path("ttl").asText()).isEqualTo("14400s");
    assertThat(new ObjectMapper().readTree(message().path("data").asText()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"digest_id":"anna-7","link":"https://example.org/inbox","badge":3}
                    """));
  }

  /// `set_num` is what is shown; Push Kit takes up to 99, and nothing without the class.
  @ParameterizedTest
  @CsvSource({"3, 3", "99, 99", "100, 99"})
  void badge_isSetOnTheIcon_ofTheConfiguredClass(int count, int shown) throws Exception {
    var text = new PushText("t", "b", "l", "", count);
    var push = Pushes.to(Platform.PLATFORM_HMS, "token", false, text);
    var settings =
        new Hms(
            "",
            hms.appId(),
            hms.appSecret(),
            hms.baseUrl(),
            hms.baseUrl(),
            Optional.of("org.example.Main"),
            TIMEOUT,
            Hms.LIMITS);
    try (var sender = new HmsPushSender(settings, loops, new ManualClock(Pushes.NOW))) {
      sender.send(push);
    }
    assertThat(message().at("/android/notification/badge"))
        .isEqualTo(
            new ObjectMapper()
                .readTree("{\"class\":\"org.example.Main\",\"set_num\":%d}".formatted(shown)));

    send(push(false));
    assertThat(hms.pushes().getLast().json()).doesNotContain("set_num");
  }

  @Test
  void silentPush_makesNoSound() throws Exception {
    send(push(true));

    assertThat(message().at("/android/notification/importance").asText()).isEqualTo("LOW");
    assertThat(message().at("/android/urgency").asText()).isEqualTo("NORMAL");
  }

  // TRAPS 30
  @Test
  void longText_isCutToFourKilobytes() throws Exception {
    PushText endless = Pushes.text("ж".repeat(10_000));

    assertThat(send(Pushes.to(Platform.PLATFORM_HMS, "token", false, endless)))
        .isInstanceOf(Outcome.Accepted.class);
    assertThat(hms.pushes().getFirst().json().getBytes(UTF_8).length - "token".length())
        .isBetween(4_090, 4_096);
  }

  @Test
  void oneToken_servesManyPushes_andAnExpiredOneIsReplaced() throws Exception {
    try (var sender = sender(hms.appSecret(), TIMEOUT)) {
      for (int i = 0; i < 5; i++) {
        assertThat(sender.send(push(false))).isInstanceOf(Outcome.Accepted.class);
      }
      assertThat(hms.tokensIssued()).isOne();

      hms.expireTokens();
      assertThat(sender.send(push(false)))
          .isInstanceOfSatisfying(
              Outcome.RetryAfter.class,
              busy -> assertThat(busy.trouble()).isEqualTo(Trouble.PROVIDER));
      assertThat(sender.send(push(false))).isInstanceOf(Outcome.Accepted.class);
      assertThat(hms.tokensIssued()).isEqualTo(2);
    }
  }

  @Test
  void outage_costsNoToken() throws Exception {
    hms.when("token", PushBehaviour.refuse(500, "81000001"));
    try (var sender = sender(hms.appSecret(), TIMEOUT)) {
      for (int i = 0; i < 3; i++) {
        assertThat(sender.send(push(false))).extracting("trouble").isEqualTo(Trouble.PROVIDER);
      }
    }
    assertThat(hms.tokensIssued()).isOne();
  }

  @Test
  void wrongSecret_isTheOperatorsFault_andSaysWhich() throws Exception {
    try (var sender = sender("another", TIMEOUT)) {
      assertThat(sender.send(push(false)))
          .isEqualTo(
              new Outcome.RetryAfter(
                  Duration.ofMinutes(5),
                  Trouble.PROVIDER,
                  "no token for the app 100001 (delivery.hms[].app-secret): 403 invalid client"));
    }
  }

  /// The token of another app has the same code: a wrong app-id would empty the register.
  @Test
  void unknownToken_isDeadOnlyToAProviderThatHasTakenAPush_thoughTheStatusIs200() throws Exception {
    hms.when("token", PushBehaviour.unregistered(Instant.EPOCH));
    try (var sender = sender(hms.appSecret(), TIMEOUT)) {
      assertThat(sender.send(push(false)))
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              kept -> assertThat(kept.detail()).contains("delivery.hms[].app-id"));

      var another = Pushes.to(Platform.PLATFORM_HMS, "another", false, Pushes.text("3"));
      assertThat(sender.send(another)).isInstanceOf(Outcome.Accepted.class);
      assertThat(sender.send(push(false))).isInstanceOf(Outcome.Unregistered.class);
    }
  }

  @Test
  void retraction_isDataAlone() throws Exception {
    try (var sender = sender(hms.appSecret(), TIMEOUT)) {
      assertThat(sender.retract(Pushes.retraction(Platform.PLATFORM_HMS, "token")))
          .isInstanceOf(Outcome.Accepted.class);
    }
    assertThat(hms.pushes().getFirst().json())
        .contains("\\\"retract\\\":\\\"anna-7\\\"", "\"urgency\":\"NORMAL\"")
        .doesNotContain("notification");
  }

  // TRAPS 17
  @Test
  void trafficControl_isARestForTheRoute() throws Exception {
    hms.when("token", PushBehaviour.refuse(503, "", Duration.ofSeconds(40)));

    assertThat(send(push(false)))
        .isEqualTo(
            new Outcome.RetryAfter(
                Duration.ofSeconds(40), Trouble.PACE, "503 As the script says."));
  }

  // TRAPS 17
  @ParameterizedTest
  @CsvSource({"503, 81000001", "200, 81000001", "503, 80600003", "500, ''"})
  void outage_lastsAsLongAsAsked_whateverItsCode(int status, String code) throws Exception {
    hms.when("token", PushBehaviour.refuse(status, code, Duration.ofSeconds(40)));
    assertOutage(Duration.ofSeconds(40));

    hms.when("token", PushBehaviour.refuse(status, code));
    assertOutage(Duration.ofSeconds(10));
  }

  private void assertOutage(Duration delay) throws Exception {
    assertThat(send(push(false)))
        .isInstanceOfSatisfying(
            Outcome.RetryAfter.class,
            outage -> {
              assertThat(outage.delay()).isEqualTo(delay);
              assertThat(outage.trouble()).isEqualTo(Trouble.PROVIDER);
            });
  }

  // TRAPS 6, 10, 47
  @Test
  void noAnswer_isUnknown_andSentOnce() throws Exception {
    hms.when("token", PushBehaviour.HANG);
    try (var sender = sender(hms.appSecret(), Duration.ofSeconds(3))) {
      assertThat(sender.send(push(false))).isInstanceOf(Outcome.Unknown.class);
    }
    assertThat(hms.count()).isOne();
  }
}
