package dev.whileaway.worker.deliver.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whileaway.templates.PushText;
import dev.whileaway.testkit.push.FakeWebPush;
import dev.whileaway.testkit.push.PushBehaviour;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.worker.deliver.DeliverySettings.WebPush;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.Reservation.Refused;
import dev.whileaway.worker.deliver.Reservation.Refused.Cause;
import dev.whileaway.worker.deliver.push.PushLoops;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebPushSenderTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final PushText TEXT =
      new PushText("Анна", "3", "Анна: 3 новых сообщения", "https://example.org/inbox", 3);

  private final FakeWebPush service = FakeWebPush.start(0, InstantSource.system());
  private final PushLoops loops = new PushLoops();

  @AfterEach
  void close() {
    loops.close();
    service.close();
  }

  private WebPushSender sender(List<String> services, String privateKey, Duration timeout)
      throws IOException {
    return new WebPushSender(
        new WebPush(
            "",
            service.publicKey(),
            privateKey,
            "mailto:operator@example.com",
            services,
            timeout,
            WebPush.LIMITS),
        loops,
        InstantSource.system());
  }

  private Outcome send(Push push) throws Exception {
    return send(push, TIMEOUT);
  }

  private Outcome send(Push push, Duration timeout) throws Exception {
    try (var sender = sender(List.of("127.0.0.1"), service.privateKey(), timeout)) {
      return sender.send(push);
    }
  }

  private static Push push(String token, boolean silent, PushText text) {
    var device = Device.newBuilder().setPlatform(Platform.PLATFORM_WEB).setToken(token).build();
    Instant expiresAt = Instant.now().plus(Duration.ofDays(365));
    return new Push(device, "anna-7", "user-anna", text, silent, expiresAt);
  }

  private Push toAnna() {
    return push(service.subscribe("anna"), false, TEXT);
  }

  @Test
  void push_isReadByItsBrowser_andSaysTheWholeSummary() throws Exception {
    assertThat(send(toAnna())).isInstanceOf(Outcome.Accepted.class);

    var push = service.pushes().getFirst();
    assertThat(new ObjectMapper().readTree(push.json()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"title":"Анна","body":"Анна: 3 новых сообщения","tag":"user-anna",
                     "silent":false,"link":"https://example.org/inbox","badge":3,
                     "digest_id":"anna-7"}
                    """));
    assertThat(push.headers())
        .containsEntry("urgency", "high")
        .containsEntry("ttl", "2419200")
        .containsEntry("content-encoding", "aes128gcm");
  }

  // TRAPS 44
  @Test
  void laterPush_takesThePlaceOfTheEarlier_byItsTopic() throws Exception {
    send(toAnna());
    send(push(service.subscribe("anna"), true, TEXT));

    assertThat(service.pushes())
        .extracting(push -> push.headers().get("topic"))
        .doesNotContainNull()
        .containsOnly(service.pushes().getFirst().headers().get("topic"));
    assertThat(service.pushes().getLast().headers()).containsEntry("urgency", "low");
  }

  // TRAPS 30
  @Test
  void longText_isCutToFourKilobytes() throws Exception {
    String endless = "ж".repeat(10_000);
    var long_ = new PushText("title", endless, endless, "", 1);

    assertThat(send(push(service.subscribe("anna"), false, long_)))
        .isInstanceOf(Outcome.Accepted.class);
    assertThat(Integer.parseInt(service.pushes().getFirst().headers().get("content-length")))
        .isBetween(4_090, 4_096);
  }

  @Test
  void subscriptionThatIsOver_isUnregistered() throws Exception {
    service.when("anna", PushBehaviour.unregistered(Instant.now()));

    assertThat(send(toAnna())).isInstanceOf(Outcome.Unregistered.class);
  }

  // TRAPS 17
  @Test
  void busyService_isLeftAloneForAsLongAsItAsks() throws Exception {
    service.when("anna", PushBehaviour.refuse(429, "slow down", Duration.ofSeconds(77)));

    assertThat(send(toAnna()))
        .isEqualTo(new Outcome.RetryAfter(Duration.ofSeconds(77), Trouble.PACE, "429 slow down"));
  }

  // TRAPS 6, 10
  @Test
  void noAnswer_isUnknown_andSentOnce() throws Exception {
    service.when("anna", PushBehaviour.HANG);

    assertThat(send(toAnna(), Duration.ofSeconds(3))).isInstanceOf(Outcome.Unknown.class);
    assertThat(service.count()).isOne();
  }

  @Test
  void keyOfAnotherSite_isTheOperatorsFault() throws Exception {
    var other = FakeWebPush.start(0, InstantSource.system());
    try (other) {
      assertThatThrownBy(() -> sender(List.of("127.0.0.1"), other.privateKey(), TIMEOUT))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "expected delivery.web-push[].private-key to belong to public-key, but found"
                  + " another");
      var toAnotherSite = push(other.subscribe("anna"), false, TEXT);
      assertThat(send(toAnotherSite))
          .isInstanceOfSatisfying(
              Outcome.RetryAfter.class,
              busy -> assertThat(busy.trouble()).isEqualTo(Trouble.PROVIDER));
    }
  }

  @Test
  void service_thatIsNotAllowed_isNeverCalled() throws Exception {
    try (var sender = sender(WebPush.SERVICES, service.privateKey(), TIMEOUT)) {
      assertThat(sender.send(toAnna()))
          .isEqualTo(
              new Outcome.Rejected(
                  "expected a push service of delivery.web-push[].services over https, but found"
                      + " http://127.0.0.1:"
                      + service.port()));
    }
    assertThat(service.count()).isZero();
  }

  /// Their routes are those of the configuration: users can invent hosts, but no lines.
  @ParameterizedTest
  @CsvSource({
    "https://updates.push.services.mozilla.com/wpush/v2/x, *.push.services.mozilla.com",
    "https://fcm.googleapis.com:443/fcm/send/x,            fcm.googleapis.com",
    "https://fcm.googleapis.com:8443/fcm/send/x,           ",
    "http://fcm.googleapis.com/fcm/send/x,                 ",
    "https://push.example.org/x,                           ",
  })
  void endpoint_belongsToALineOfTheConfiguration_orToNone(String endpoint, @Nullable String line)
      throws Exception {
    String token = service.subscribe("anna").replaceAll("http://127[^\"]*", endpoint);
    try (var sender = sender(WebPush.SERVICES, service.privateKey(), TIMEOUT)) {
      assertThat(sender.server(push(token, false, TEXT).device()))
          .isEqualTo(Optional.ofNullable(line));
      assertThat(sender.servers()).isEqualTo(WebPush.SERVICES);
    }
  }

  @Test
  void token_thatIsNoSubscription_isRefusedInWords() throws Exception {
    assertThat(send(push("TOKEN-1", false, TEXT)))
        .isEqualTo(
            new Outcome.Rejected(
                "expected a Web Push subscription: JSON with endpoint, keys.p256dh and keys.auth,"
                    + " but found another text"));
  }

  /// Browsers give addresses in ASCII, and alone. Escaped, a long one would not fit into a request,
  /// which looked like the service's failure.
  @ParameterizedTest
  @ValueSource(strings = {"/push/ж", "/push/anna#x", "@127.0.0.1/push/anna"})
  void endpoint_thatNoBrowserGives_isRefusedInWords(String end) throws Exception {
    String endpoint = "http://127.0.0.1:" + service.port() + end;
    String token = service.subscribe("anna").replaceAll("http://127[^\"]*", endpoint);

    assertThat(send(push(token, false, TEXT)))
        .isEqualTo(
            new Outcome.Rejected(
                "expected a Web Push subscription: an endpoint as browsers give it, but found"
                    + " another text"));
    assertThat(service.count()).isZero();
  }

  @Test
  void longEndpoint_isTheSubscriptionsFault_andNotTheServices() throws Exception {
    assertThat(send(push(service.subscribe("ж".repeat(1_800)), false, TEXT)))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(send(push(service.subscribe("a".repeat(3_800)), false, TEXT)))
        .isInstanceOf(Outcome.Accepted.class);
  }

  /// Anybody may register a token: a thousand of these must not ban the site.
  @Test
  void token_thatIsNoSubscription_isRefusedBeforeItTouchesTheRoute() throws Exception {
    try (var sender = sender(WebPush.SERVICES, service.privateKey(), TIMEOUT)) {
      assertThat(sender.reserve(push("TOKEN-1", false, TEXT)))
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.cause()).isEqualTo(Cause.IMPOSSIBLE));
      assertThat(sender.reserve(toAnna())).isInstanceOf(Refused.class);
    }
  }
}
