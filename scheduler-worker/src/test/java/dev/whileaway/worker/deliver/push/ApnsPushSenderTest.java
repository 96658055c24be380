package dev.whileaway.worker.deliver.push;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whileaway.testkit.log.CapturedLog;
import dev.whileaway.testkit.push.FakeApns;
import dev.whileaway.testkit.push.PushBehaviour;
import dev.whileaway.testkit.push.ReceivedPush;
import dev.whileaway.testkit.tls.SelfSigned;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.worker.deliver.ApnsCredentials;
import dev.whileaway.worker.deliver.DeliverySettings.Apns;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.Reservation.Refused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApnsPushSenderTest {

  private static final InstantSource CLOCK = InstantSource.system();
  private static final AtomicInteger TOKENS = new AtomicInteger();

  @TempDir Path folder;

  private static FakeApns apns;
  private static PushLoops loops;

  private final String token = "a1b2-" + TOKENS.incrementAndGet();
  private ApnsPushSender sender;

  @BeforeAll
  static void start() {
    apns = FakeApns.start();
    loops = new PushLoops();
  }

  @AfterAll
  static void stop() {
    loops.close();
    apns.close();
  }

  @BeforeEach
  void open() throws IOException {
    Files.writeString(folder.resolve("key.p8"), apns.signingKeyPem());
    Files.writeString(folder.resolve("trusted.pem"), apns.trustedPem());
    sender = sender(apns.port(), apns.teamId(), apns.topic());
  }

  @AfterEach
  void close() {
    sender.close();
  }

  @Test
  void push_taken_isAcceptedWithItsId() throws Exception {
    var outcome = sender.send(Pushes.apns(token));

    assertThat(outcome).as(outcome.detail()).isInstanceOf(Outcome.Accepted.class);
    var push = taken().getFirst();
    assertThat(push.token()).isEqualTo(token);
    assertThat(push.headers())
        .containsEntry("apns-topic", apns.topic())
        .containsEntry("apns-push-type", "alert")
        .containsEntry("apns-collapse-id", "digest")
        .containsEntry("apns-priority", "10")
        .containsEntry("apns-expiration", "1769868900")
        .containsEntry("apns-id", ((Outcome.Accepted) outcome).providerId());
    assertThat(aps().at("/alert/body").asText()).isEqualTo("Анна: 3 новых сообщения");
    assertThat(aps().path("badge").asInt()).isEqualTo(3);
    assertThat(aps().path("thread-id").asText()).isEqualTo("digest");
    assertThat(aps().path("sound").asText()).isEqualTo("default");
  }

  @Test
  void push_silent_isPassiveAndWithoutSound() throws Exception {
    sender.send(Pushes.to(Platform.PLATFORM_APNS, token, true, Pushes.text("Ночью")));

    assertThat(aps().has("sound")).isFalse();
    assertThat(aps().path("interruption-level").asText()).isEqualTo("passive");
  }

  @Test
  void retraction_isABackgroundPush_thatWakesNobody() throws Exception {
    var outcome = sender.retract(Pushes.retraction(Platform.PLATFORM_APNS, token));

    assertThat(outcome).as(outcome.detail()).isInstanceOf(Outcome.Accepted.class);
    assertThat(taken().getFirst().headers())
        .containsEntry("apns-push-type", "background")
        .containsEntry("apns-priority", "5")
        .doesNotContainKey("apns-collapse-id");
    assertThat(taken().getFirst().json())
        .contains("\"content-available\":1", "\"retract\":\"anna-7\"");
    assertThat(aps()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "400, BadDeviceToken,              Rejected",
    "400, DeviceTokenNotForTopic,      Rejected",
    "400, BadExpirationDate,           Rejected",
    "400, TopicDisallowed,             RetryAfter",
    "403, InvalidProviderToken,        RetryAfter",
    "410, ExpiredToken,                Unregistered",
    "413, PayloadTooLarge,             Rejected",
    "429, TooManyRequests,             RetryAfter",
    "500, InternalServerError,         RetryAfter",
    "503, ServiceUnavailable,          RetryAfter",
  })
  void push_refused_endsAsTheTableSays(int status, String reason, String expected)
      throws Exception {
    apns.when(token, PushBehaviour.refuse(status, reason));

    var outcome = sender.send(Pushes.apns(token));

    assertThat(outcome.getClass().getSimpleName()).as(outcome.detail()).isEqualTo(expected);
    assertThat(outcome.detail()).contains(status + " " + reason);
  }

  /// A host of the other environment would empty the register.
  @Test // TRAPS 39
  void token_unknown_isDeadOnlyToAHostThatHasTakenAPush() throws Exception {
    apns.when(token, PushBehaviour.refuse(400, "BadDeviceToken"));
    try (var log = new CapturedLog(DeadTokens.class)) {
      assertThat(sender.send(Pushes.apns(token)))
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              kept -> assertThat(kept.detail()).contains("delivery.apns[].host"));
      sender.send(Pushes.apns(token));
      assertThat(log.lines())
          .singleElement(as(InstanceOfAssertFactories.STRING))
          .startsWith("WARN expected apns localhost to know the first token")
          .contains("api.sandbox.push.apple.com");

      assertThat(sender.send(Pushes.apns("another"))).isInstanceOf(Outcome.Accepted.class);
      assertThat(sender.send(Pushes.apns(token)))
          .isEqualTo(new Outcome.Unregistered(Optional.empty(), "400 BadDeviceToken"));
    }
  }

  /// "Too many requests were made consecutively to the same device token."
  @Test
  void device_pushedToTooOften_waitsAlone() throws Exception {
    apns.when(token, PushBehaviour.refuse(429, "TooManyRequests"));
    assertThat(sender.send(Pushes.apns(token))).extracting("trouble").isEqualTo(Trouble.RECIPIENT);

    apns.when(token, PushBehaviour.refuse(429, "TooManyProviderTokenUpdates"));
    assertThat(sender.send(Pushes.apns(token))).extracting("trouble").isEqualTo(Trouble.PACE);
  }

  /// "After 15 minutes, you can retry JSON payloads that receive response status codes that begin
  /// with 5XX"; a server that shuts down is not the only one.
  @ParameterizedTest
  @CsvSource({
    "500, InternalServerError, PT15M",
    "503, ServiceUnavailable,  PT15M",
    "503, Shutdown,            PT15S",
  })
  void outage_isLeftAloneForAsLongAsAppleAsks(int status, String reason, Duration delay)
      throws Exception {
    apns.when(token, PushBehaviour.refuse(status, reason));

    assertThat(sender.send(Pushes.apns(token)))
        .isEqualTo(new Outcome.RetryAfter(delay, Trouble.PROVIDER, status + " " + reason));
  }

  @Test // TRAPS 39
  void token_unregistered_saysSinceWhen() throws Exception {
    var since = Instant.parse("2026-01-30T08:00:00Z");
    apns.when(token, PushBehaviour.unregistered(since));

    assertThat(sender.send(Pushes.apns(token)))
        .isEqualTo(new Outcome.Unregistered(Optional.of(since), "410 Unregistered"));
  }

  @Test // TRAPS 6, 47
  void answer_missing_isUnknownAfterTheTimeoutAndSentOnce() throws Exception {
    apns.when(token, PushBehaviour.HANG);

    assertThat(sender.send(Pushes.apns(token))).isInstanceOf(Outcome.Unknown.class);
    assertThat(taken()).hasSize(1);
  }

  @Test // TRAPS 6, 10, 47
  void connection_lostAfterThePush_isUnknownAndSentOnce() throws Exception {
    apns.when(token, PushBehaviour.CLOSE);

    assertThat(sender.send(Pushes.apns(token))).isInstanceOf(Outcome.Unknown.class);
    assertThat(sender.send(Pushes.apns("c3d4"))).isInstanceOf(Outcome.Accepted.class);
    assertThat(taken()).hasSize(1);
  }

  @Test
  void provider_absent_isTriedLaterWithWords() throws Exception {
    try (var lonely = sender(freePort(), apns.teamId(), apns.topic())) {
      var outcome = lonely.send(Pushes.apns(token));

      assertThat(outcome).isInstanceOf(Outcome.RetryAfter.class);
      assertThat(outcome.detail()).contains("expected an answer of apns localhost:");
    }
  }

  @Test // TRAPS 10
  void provider_thatNeverGreets_isTriedLaterAndThePushWithdrawn() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var waiting = sender(silent.getLocalPort(), apns.teamId(), apns.topic())) {
      assertThat(waiting.send(Pushes.apns(token))).isInstanceOf(Outcome.RetryAfter.class);
    }
  }

  @Test // TRAPS 10
  void notification_withdrawn_isNeverWritten() {
    var withdrawn = ApnsNotification.of(Pushes.apns(token), "topic", "{}");
    var written = ApnsNotification.of(Pushes.apns(token), "topic", "{}");

    assertThat(withdrawn.withdraw()).isTrue();
    assertThatThrownBy(withdrawn::getToken).isInstanceOf(CancellationException.class);
    assertThat(written.getToken()).isEqualTo(token);
    assertThat(written.withdraw()).isFalse();
    assertThat(written.getToken()).isEqualTo(token);
  }

  @Test
  void team_wrong_isTriedLaterAndNamesTheSetting() throws Exception {
    try (var stranger = sender(apns.port(), "SOMEBODY01", apns.topic())) {
      var outcome = stranger.send(Pushes.apns(token));

      assertThat(outcome).isInstanceOf(Outcome.RetryAfter.class);
      assertThat(outcome.detail())
          .contains("delivery.apns[].signing-key")
          .contains("InvalidProviderToken");
    }
  }

  @Test
  void topic_wrong_isTriedLaterAndNamesTheSetting() throws Exception {
    try (var stranger = sender(apns.port(), apns.teamId(), "org.example.other")) {
      var outcome = stranger.send(Pushes.apns(token));

      assertThat(outcome).isInstanceOf(Outcome.RetryAfter.class);
      assertThat(outcome.detail()).contains("delivery.apns[].topic");
    }
  }

  @Test
  void certificate_untrusted_isTriedLater() throws Exception {
    try (var strict = new ApnsPushSender(settings(apns.port(), Optional.empty()), loops, CLOCK)) {
      assertThat(strict.send(Pushes.apns(token))).isInstanceOf(Outcome.RetryAfter.class);
      assertThat(taken()).isEmpty();
    }
  }

  @Test
  void certificate_shown_needsNoToken() throws Exception {
    Path file = Files.write(folder.resolve("app.p12"), apns.clientCertificate("secret"));
    try (var certified = new ApnsPushSender(certified(file, "secret"), loops, CLOCK)) {
      var outcome = certified.send(Pushes.apns(token));

      assertThat(outcome).as(outcome.detail()).isInstanceOf(Outcome.Accepted.class);
      assertThat(taken().getFirst().headers()).doesNotContainKey("authorization");
    }
  }

  @Test
  void certificate_ofAStranger_isTriedLater() throws Exception {
    byte[] stranger = SelfSigned.of("app.example.org").pkcs12("secret");
    Path file = Files.write(folder.resolve("app.p12"), stranger);
    try (var certified = new ApnsPushSender(certified(file, "secret"), loops, CLOCK)) {
      assertThat(certified.send(Pushes.apns(token))).isInstanceOf(Outcome.RetryAfter.class);
      assertThat(taken()).isEmpty();
    }
  }

  @Test
  void certificate_thatCannotBeUsed_isRefusedAtTheStart_withTheWayOut() throws Exception {
    Path file = Files.write(folder.resolve("app.p12"), apns.clientCertificate("secret"));
    Path noPkcs12 = Files.writeString(folder.resolve("app.txt"), apns.trustedPem());

    assertRefused(certified(file, "guess"), CLOCK, "delivery.apns[].certificate-password", "guess");
    assertRefused(
        certified(noPkcs12, "secret"), CLOCK, "app.txt (delivery.apns[].certificate)", "secret");
    assertRefused(
        certified(folder.resolve("none.p12"), ""), CLOCK, "NoSuchFileException", "secret");
    assertRefused(
        certified(file, "secret"),
        InstantSource.fixed(Instant.parse("9999-12-31T00:00:00Z").plusSeconds(86_400)),
        "one until ",
        "secret");
  }

  private void assertRefused(Apns settings, InstantSource clock, String words, String hidden) {
    assertThatThrownBy(() -> new ApnsPushSender(settings, loops, clock))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining(hidden);
  }

  @Test
  void signingKey_absent_isRefusedAtTheStart() {
    var settings =
        new Apns(
            "",
            "localhost",
            1,
            "topic",
            new ApnsCredentials.Token(folder.resolve("none.p8"), "key", "team"),
            Optional.empty(),
            Pushes.TIMEOUT);

    assertThatThrownBy(() -> new ApnsPushSender(settings, loops, CLOCK))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.p8");
  }

  /// It becomes part of an address. Anybody may register one: it must never reach the connection.
  @ParameterizedTest
  @ValueSource(strings = {"a b", "a/b", "../b", "a?b", "a%20b", "é", "анна"})
  void token_thatIsNoPartOfAnAddress_isRefusedBeforeItTouchesTheRoute(String odd) throws Exception {
    long before = apns.count();

    assertThat(sender.reserve(Pushes.apns(odd)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.cause()).isEqualTo(Refused.Cause.IMPOSSIBLE);
              assertThat(refused.outcome())
                  .isEqualTo(
                      new Outcome.Rejected(
                          "expected a token of letters and digits, but found another text"));
            });
    assertThat(sender.server(Pushes.apns(odd).device())).isEmpty();
    assertThat(sender.send(Pushes.apns(odd))).isInstanceOf(Outcome.Rejected.class);
    assertThat(sender.retract(Pushes.retraction(Platform.PLATFORM_APNS, odd)))
        .isEqualTo(
            new Outcome.Rejected("expected a token of letters and digits, but found another text"));
    assertThat(apns.count()).isEqualTo(before);
  }

  @Test
  void collapseKey_over64Bytes_isShortened() throws Exception {
    var push = Pushes.apns(token);
    var outcome =
        sender.send(
            new Push(
                push.device(),
                push.digestId(),
                "ключ".repeat(20),
                push.text(),
                false,
                push.expiresAt()));

    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    assertThat(taken().getFirst().headers().get("apns-collapse-id")).hasSize(43);
  }

  @Test // TRAPS 30
  void payload_tooLong_isCutTo4Kb() throws Exception {
    var outcome =
        sender.send(
            Pushes.to(Platform.PLATFORM_APNS, token, false, Pushes.text("я".repeat(9_000))));

    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    assertThat(taken().getFirst().json().getBytes(StandardCharsets.UTF_8).length)
        .isBetween(4_080, 4_096);
  }

  @Test
  void device_namedByItsBundleId_isServed() {
    var device = Device.newBuilder().setPlatform(Platform.PLATFORM_APNS);

    assertThat(sender.serves(device.build())).isTrue();
    assertThat(sender.serves(device.setApp(apns.topic()).build())).isTrue();
    assertThat(sender.serves(device.setApp("org.example.other").build())).isFalse();
    assertThat(sender.serves(Pushes.fcm("token").device())).isFalse();
  }

  private List<ReceivedPush> taken() {
    return apns.pushes().stream().filter(push -> push.token().equals(token)).toList();
  }

  private JsonNode aps() throws IOException {
    return new ObjectMapper().readTree(taken().getFirst().json()).path("aps");
  }

  private ApnsPushSender sender(int port, String team, String topic) throws IOException {
    return new ApnsPushSender(
        new Apns(
            "",
            apns.host(),
            port,
            topic,
            token(team),
            Optional.of(folder.resolve("trusted.pem")),
            Pushes.TIMEOUT),
        loops,
        CLOCK);
  }

  private Apns settings(int port, Optional<Path> trusted) {
    return new Apns(
        "", apns.host(), port, apns.topic(), token(apns.teamId()), trusted, Pushes.TIMEOUT);
  }

  private ApnsCredentials token(String team) {
    return new ApnsCredentials.Token(folder.resolve("key.p8"), apns.keyId(), team);
  }

  private Apns certified(Path file, String password) {
    return new Apns(
        "",
        apns.host(),
        apns.port(),
        apns.topic(),
        new ApnsCredentials.Certificate(file, password),
        Optional.of(folder.resolve("trusted.pem")),
        Pushes.TIMEOUT);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
