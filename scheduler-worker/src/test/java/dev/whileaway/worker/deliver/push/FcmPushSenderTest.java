package dev.whileaway.worker.deliver.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whileaway.testkit.clock.ManualClock;
import dev.whileaway.testkit.push.FakeFcm;
import dev.whileaway.testkit.push.PushBehaviour;
import dev.whileaway.testkit.push.ReceivedPush;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.worker.deliver.DeliverySettings.Fcm;
import dev.whileaway.worker.deliver.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FcmPushSenderTest {

  /// For what is to be answered: the first token costs an RSA signature in cold code.
  private static final Duration PATIENT = Duration.ofSeconds(20);

  private static final AtomicInteger TOKENS = new AtomicInteger();

  private static FakeFcm fcm;
  private static PushLoops loops;

  private final String token = "token-" + TOKENS.incrementAndGet();
  private FcmPushSender sender;

  @BeforeAll
  static void start() {
    fcm = FakeFcm.start();
    loops = new PushLoops();
  }

  @AfterAll
  static void stop() {
    loops.close();
    fcm.close();
  }

  @BeforeEach
  void open() throws IOException {
    sender = sender(fcm.baseUrl(), fcm.bearer());
  }

  @AfterEach
  void close() {
    sender.close();
  }

  @Test
  void push_taken_isAcceptedWithTheProvidersId() throws Exception {
    var outcome = sender.send(Pushes.fcm(token));

    assertThat(((Outcome.Accepted) outcome).providerId())
        .startsWith("projects/fake-project/messages/");
    var message = message();
    assertThat(message.at("/token").asText()).isEqualTo(token);
    assertThat(message.at("/notification/title").asText()).isEqualTo("Анна");
    assertThat(message.at("/notification/body").asText()).isEqualTo("3 новых сообщения");
    assertThat(message.at("/data/digest_id").asText()).isEqualTo("anna-7");
    assertThat(message.at("/data/link").asText()).isEqualTo("https://example.org/inbox");
    assertThat(message.at("/android/collapse_key").asText()).isEqualTo("digest");
    assertThat(message.at("/android/ttl").asText()).isEqualTo("14400s");
    assertThat(message.at("/android/priority").asText()).isEqualTo("HIGH");
    assertThat(message.at("/android/notification/channel_id").asText()).isEqualTo("digest");
  }

  @Test
  void push_silent_makesNoSound() throws Exception {
    sender.send(Pushes.to(Platform.PLATFORM_FCM, token, true, Pushes.text("Ночью")));

    var android = message().path("android");
    assertThat(android.path("priority").asText()).isEqualTo("NORMAL");
    assertThat(android.at("/notification/channel_id").asText()).isEqualTo("digest_silent");
    assertThat(android.at("/notification").has("default_sound")).isFalse();
  }

  @Test
  void retraction_isDataAlone_thatReplacesThePushOfADeviceThatIsOff() throws Exception {
    var outcome = sender.retract(Pushes.retraction(Platform.PLATFORM_FCM, token));

    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    assertThat(message().has("notification")).isFalse();
    assertThat(message().at("/android").has("notification")).isFalse();
    assertThat(message().at("/data/retract").asText()).isEqualTo("anna-7");
    assertThat(message().at("/data/tag").asText()).isEqualTo("digest");
    assertThat(message().at("/android/collapse_key").asText()).isEqualTo("digest");
    assertThat(message().at("/android/priority").asText()).isEqualTo("NORMAL");
    assertThat(message().at("/android/ttl").asText()).isEqualTo("14400s");
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_ARGUMENT,       Rejected",
    "401, THIRD_PARTY_AUTH_ERROR, RetryAfter",
    "403, PERMISSION_DENIED,      RetryAfter",
    "403, SENDER_ID_MISMATCH,     Rejected",
    "404, UNREGISTERED,           Unregistered",
    "404, NOT_FOUND,              RetryAfter",
    "413, TOO_LARGE,              Rejected",
    "429, QUOTA_EXCEEDED,         RetryAfter",
    "500, INTERNAL,               RetryAfter",
    "503, UNAVAILABLE,            RetryAfter",
  })
  void push_refused_endsAsTheTableSays(int status, String reason, String expected)
      throws Exception {
    fcm.when(token, PushBehaviour.refuse(status, reason));

    var outcome = sender.send(Pushes.fcm(token));

    assertThat(outcome.getClass().getSimpleName()).as(outcome.detail()).isEqualTo(expected);
    assertThat(outcome.detail()).contains(status + " " + reason);
    assertThat(taken()).isEmpty();
  }

  @Test
  void token_unregistered_isUnregistered() throws Exception {
    fcm.when(token, PushBehaviour.unregistered(Instant.EPOCH));

    assertThat(sender.send(Pushes.fcm(token))).isInstanceOf(Outcome.Unregistered.class);
  }

  @ParameterizedTest
  @CsvSource({"429, QUOTA_EXCEEDED, 7", "503, UNAVAILABLE, 120"})
  void push_refusedForNow_waitsAsLongAsAsked(int status, String reason, int seconds)
      throws Exception {
    fcm.when(token, PushBehaviour.refuse(status, reason, Duration.ofSeconds(seconds)));

    var outcome = sender.send(Pushes.fcm(token));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.RetryAfter.class,
            retry -> assertThat(retry.delay()).isEqualTo(Duration.ofSeconds(seconds)));
  }

  @Test
  void bearer_refused_isTriedLaterAndNamesTheSetting() throws Exception {
    try (var stranger = sender(fcm.baseUrl(), "guess")) {
      var outcome = stranger.send(Pushes.fcm(token));

      assertThat(outcome).isInstanceOf(Outcome.RetryAfter.class);
      assertThat(outcome.detail()).contains("delivery.fcm[]").doesNotContain("guess");
    }
  }

  @Test // TRAPS 6, 47
  void answer_missing_isUnknownAfterTheTimeoutAndSentOnce() throws Exception {
    fcm.when(token, PushBehaviour.HANG);

    assertThat(sender.send(Pushes.fcm(token))).isInstanceOf(Outcome.Unknown.class);
    assertThat(taken()).hasSize(1);
  }

  @Test // TRAPS 6, 47
  void connection_lostAfterThePush_isUnknownAndSentOnce() throws Exception {
    fcm.when(token, PushBehaviour.CLOSE);

    assertThat(sender.send(Pushes.fcm(token))).isInstanceOf(Outcome.Unknown.class);
    assertThat(taken()).hasSize(1);
    assertThat(sender.send(Pushes.fcm("other"))).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void provider_absent_isTriedLaterWithWords() throws Exception {
    int freePort;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      freePort = socket.getLocalPort();
    }
    try (var lonely = sender(URI.create("http://127.0.0.1:" + freePort), "any")) {
      var outcome = lonely.send(Pushes.fcm(token));

      assertThat(outcome).isInstanceOf(Outcome.RetryAfter.class);
      assertThat(outcome.detail()).contains("127.0.0.1:" + freePort);
    }
  }

  @Test
  void serviceAccount_asksForOneTokenForManyPushes(@TempDir Path folder) throws Exception {
    var key = Files.writeString(folder.resolve("account.json"), fcm.serviceAccountJson());
    try (var account =
        new FcmPushSender(settings(Optional.of(key), Optional.empty()), loops, clock())) {
      await().until(() -> account.send(Pushes.fcm(token)) instanceof Outcome.Accepted);
      for (int i = 0; i < 20; i++) {
        assertThat(account.send(Pushes.fcm(token))).isInstanceOf(Outcome.Accepted.class);
      }
    }
    assertThat(fcm.tokensIssued()).isEqualTo(1);
  }

  @Test
  void serviceAccount_whoseTokenIsRefused_asksForAnother(@TempDir Path folder) throws Exception {
    try (var own = FakeFcm.start()) {
      var key = Files.writeString(folder.resolve("account.json"), own.serviceAccountJson());
      var settings =
          new Fcm("", own.baseUrl(), own.project(), Optional.of(key), Optional.empty(), PATIENT);
      try (var account = new FcmPushSender(settings, loops, clock())) {
        await().until(() -> account.send(Pushes.fcm(token)) instanceof Outcome.Accepted);
        own.expireTokens();
        assertThat(account.send(Pushes.fcm(token))).isInstanceOf(Outcome.RetryAfter.class);

        await().until(() -> account.send(Pushes.fcm(token)) instanceof Outcome.Accepted);
        assertThat(own.tokensIssued()).isEqualTo(2);
      }
    }
  }

  @Test
  void serviceAccount_whoseProjectHasNoKeyOfApple_keepsItsToken(@TempDir Path folder)
      throws Exception {
    try (var own = FakeFcm.start()) {
      var key = Files.writeString(folder.resolve("account.json"), own.serviceAccountJson());
      var settings =
          new Fcm("", own.baseUrl(), own.project(), Optional.of(key), Optional.empty(), PATIENT);
      try (var account = new FcmPushSender(settings, loops, clock())) {
        await().until(() -> account.send(Pushes.fcm(token)) instanceof Outcome.Accepted);
        own.when("iphone", PushBehaviour.refuse(401, "THIRD_PARTY_AUTH_ERROR"));

        var outcome = account.send(Pushes.fcm("iphone"));

        assertThat(outcome)
            .isInstanceOfSatisfying(
                Outcome.RetryAfter.class,
                retry -> assertThat(retry.trouble()).isEqualTo(Outcome.Trouble.RECIPIENT));
        assertThat(outcome.detail()).contains("Firebase").doesNotContain("delivery.fcm[]");
        assertThat(account.send(Pushes.fcm(token))).isInstanceOf(Outcome.Accepted.class);
        assertThat(own.tokensIssued()).isEqualTo(1);
      }
    }
  }

  @Test
  void serviceAccount_withoutItsTokenServer_isTriedLaterAndNamesTheFile(@TempDir Path folder)
      throws Exception {
    String json;
    try (var gone = FakeFcm.start()) {
      json = gone.serviceAccountJson();
    }
    var key = Files.writeString(folder.resolve("account.json"), json);
    try (var account =
        new FcmPushSender(settings(Optional.of(key), Optional.empty()), loops, clock())) {
      var outcome = account.send(Pushes.fcm(token));

      assertThat(outcome).isInstanceOf(Outcome.RetryAfter.class);
      assertThat(outcome.detail())
          .contains("account.json")
          .contains("delivery.fcm[].service-account");
    }
  }

  @Test
  void serviceAccount_thatIsNone_isRefusedAtTheStart(@TempDir Path folder) throws Exception {
    var key = Files.writeString(folder.resolve("account.json"), "{}");

    assertThatThrownBy(
            () -> new FcmPushSender(settings(Optional.of(key), Optional.empty()), loops, clock()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("account.json");
  }

  @Test // TRAPS 30
  void payload_tooLong_isCutTo4Kb() throws Exception {
    sender.send(Pushes.to(Platform.PLATFORM_FCM, token, false, Pushes.text("я".repeat(9_000))));

    var json = taken().getFirst().json();
    assertThat(json.getBytes(StandardCharsets.UTF_8).length).isBetween(4_000, 4_150);
    assertThat(message().at("/notification/body").asText()).endsWith("я…");
  }

  @Test
  void device_ofAnotherAppOrPlatform_isNotServed() {
    var device = Device.newBuilder().setPlatform(Platform.PLATFORM_FCM);

    assertThat(sender.serves(device.build())).isTrue();
    assertThat(sender.serves(device.setApp("other").build())).isFalse();
    assertThat(sender.serves(Pushes.apns(token).device())).isFalse();
  }

  private List<ReceivedPush> taken() {
    return fcm.pushes().stream().filter(push -> push.token().equals(token)).toList();
  }

  private JsonNode message() throws IOException {
    return new ObjectMapper().readTree(taken().getFirst().json()).path("message");
  }

  private FcmPushSender sender(URI baseUrl, String bearer) throws IOException {
    return new FcmPushSender(
        new Fcm("", baseUrl, fcm.project(), Optional.empty(), Optional.of(bearer), Pushes.TIMEOUT),
        loops,
        clock());
  }

  private Fcm settings(Optional<Path> serviceAccount, Optional<String> bearer) {
    return new Fcm("", fcm.baseUrl(), fcm.project(), serviceAccount, bearer, PATIENT);
  }

  private static ManualClock clock() {
    return new ManualClock(Pushes.NOW);
  }
}
